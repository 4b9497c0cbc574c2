package dev.osmo.cli.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * An open connection to a server. Guarantee: over TLS, nothing is sent before the certificate of
 * the server has been verified.
 */
final class Connection implements AutoCloseable {
  private static final int HTTP_OK = 200;
  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

  private final Route route;

  /** Closing it ends every read and write, also of the TLS connection over it. */
  private final Socket tcp;

  private final InputStream in;
  private final OutputStream out;
  private boolean reusable = true;
  private long usedAt;

  private Connection(Route route, Socket tcp, Socket stream) throws IOException {
    this.route = route;
    this.tcp = tcp;
    this.in = new BufferedInputStream(stream.getInputStream());
    this.out = stream.getOutputStream();
  }

  /**
   * Connects.
   *
   * @param call closes the connection if the request is cancelled
   */
  static Connection open(Route route, Call call) throws IOException {
    Socket tcp = AddressRace.connect(route.nextHop());
    try {
      call.uses(tcp);
      tcp.setTcpNoDelay(true);
      if (route.tls().isEmpty()) {
        return new Connection(route, tcp, tcp);
      }
      if (route.proxy().isPresent()) {
        openTunnel(route, route.proxy().get(), tcp);
      }
      return new Connection(route, tcp, encrypted(route, route.tls().get(), tcp));
    } catch (IOException | RuntimeException failed) {
      tcp.close();
      throw failed;
    }
  }

  private static void openTunnel(Route route, Proxy proxy, Socket tcp) throws IOException {
    tcp.getOutputStream().write(HttpRequest.tunnel(route, proxy));
    // Not buffered: the next bytes belong to TLS.
    int status = new ResponseReader(tcp.getInputStream()).readTunnelStatus();
    if (status == PROXY_AUTHENTICATION_REQUIRED) {
      throw new NetworkFault(NetworkFault.Kind.PROXY_PASSWORD);
    }
    if (status < HTTP_OK || status >= 300) {
      throw new NetworkFault(NetworkFault.Kind.PROXY_STATUS, Integer.toString(status));
    }
  }

  private static SSLSocket encrypted(Route route, SSLContext context, Socket tcp)
      throws IOException {
    String name = route.server().certifiedName();
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(tcp, name, route.server().port(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    try {
      tls.startHandshake();
      return tls;
    } catch (SSLException refused) {
      throw TlsFaults.of(refused);
    }
  }

  HttpResponse exchange(HttpRequest request) throws IOException {
    reusable = false;
    boolean sent = send(request);
    ResponseReader reader = new ResponseReader(in);
    try {
      HttpResponse response = reader.read(request.method());
      reusable = sent && reader.isReusable();
      usedAt = System.nanoTime();
      return response;
    } catch (NetworkFault fault) {
      throw fault;
    } catch (IOException broken) {
      throw new NetworkFault(NetworkFault.Kind.CUT_OFF);
    }
  }

  /** False if the server closed the connection early. It may have sent a response before. */
  private boolean send(HttpRequest request) {
    try {
      out.write(request.bytes(route));
      out.flush();
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  boolean isReusable() {
    return reusable;
  }

  /** Whether another request may use it, a short time after the last one. */
  boolean isUsableFor(Route other, long idleNanos) {
    return reusable && route.equals(other) && System.nanoTime() - usedAt < idleNanos;
  }

  Socket tcp() {
    return tcp;
  }

  @Override
  public void close() {
    try {
      tcp.close();
    } catch (IOException alreadyClosed) {
      // It is not used any more.
    }
  }
}
