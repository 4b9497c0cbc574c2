package dev.osmo.local.gateway;

import dev.osmo.local.CannotStart;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;

/** {@code http://localhost:PORT}, on both loopback addresses only. */
public record PublicAddress(int port) {
  private static final int MAX_HEADER_BYTES = 16 << 10;

  /** More than the services accept, so that they decide what is too long. */
  private static final int MAX_LINE_BYTES = 16 << 10;

  private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  public String url() {
    return "http://localhost:" + port;
  }

  public void listen(Vertx vertx, Router router) {
    listen(vertx, router, "127.0.0.1");
    if (machineHasIpv6Loopback()) {
      listen(vertx, router, "::1");
    }
  }

  private void listen(Vertx vertx, Router router, String host) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(host)
            .setPort(port)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setHandle100ContinueAutomatically(true)
            .setHttp2ClearTextEnabled(false)
            .setReuseAddress(true);
    try {
      vertx
          .createHttpServer(options)
          .requestHandler(new ClearHead(router))
          .invalidRequestHandler(new UnreadableHead())
          .listen()
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof BindException) {
        throw new CannotStart(
            "Port %d is taken, perhaps by another launcher (see 'lsof -i :%d'); stop that process or choose another port with --port."
                .formatted(port, port),
            e);
      }
      throw new CannotStart("Cannot open port %d: %s".formatted(port, e.getCause()), e);
    }
  }

  private static boolean machineHasIpv6Loopback() {
    try {
      return NetworkInterface.getByInetAddress(InetAddress.getByAddress(IPV6_LOOPBACK)) != null;
    } catch (SocketException | UnknownHostException e) {
      return false;
    }
  }
}
