package dev.osmo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy that connects every tunnel to one local port, and records the requests to it. It can
 * require a user name and a password.
 */
final class ConnectProxy implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final int port;
  private final String wanted;

  ConnectProxy(int port) throws IOException {
    this(port, "");
  }

  /**
   * @param wanted what a request's headers must contain to get a tunnel
   */
  ConnectProxy(int port, String wanted) throws IOException {
    this.port = port;
    this.wanted = wanted;
    Thread.ofPlatform().daemon().name("proxy").start(this::accept);
  }

  String url() {
    return "http://" + address();
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** The headers of the requests to the proxy itself. */
  List<String> heads() {
    return heads;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofPlatform().daemon().start(() -> tunnel(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void tunnel(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String head = head(client.getInputStream());
      heads.add(head);
      if (!head.contains(wanted)) {
        say(client, "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      say(client, "HTTP/1.1 200 OK\r\n\r\n");
      Thread back = Thread.ofPlatform().daemon().start(() -> pump(server, client));
      pump(client, server);
      back.join();
    } catch (IOException hungUp) {
      // The end of a tunnel.
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void pump(Socket from, Socket to) {
    try (OutputStream out = to.getOutputStream()) {
      from.getInputStream().transferTo(out);
    } catch (IOException hungUp) {
      // The end of a tunnel.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.append((char) next);
      if (head.toString().endsWith("\r\n\r\n")) {
        break;
      }
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
