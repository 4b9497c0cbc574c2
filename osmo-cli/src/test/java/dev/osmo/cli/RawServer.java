package dev.osmo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that exchanges tokens and sends the test's response to all other requests. */
final class RawServer implements AutoCloseable {
  /** Writes a response; an exception means that the client has disconnected. */
  interface Answer {
    void to(OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final String jwt;
  private final Answer answer;
  private final AtomicInteger answered = new AtomicInteger();

  RawServer(String jwt, Answer answer) throws IOException {
    this.jwt = jwt;
    this.answer = answer;
    Thread.ofPlatform().daemon().name("raw server").start(this::accept);
  }

  String url() {
    return "http://localhost:" + socket.getLocalPort();
  }

  /** The number of requests other than exchanges. */
  int answered() {
    return answered.get();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofPlatform().daemon().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      if (request(client.getInputStream()).contains("/jwt/access_token")) {
        String body = "{\"token\":\"" + jwt + "\"}";
        client
            .getOutputStream()
            .write(
                bytes(
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body));
      } else {
        answered.incrementAndGet();
        answer.to(client.getOutputStream());
      }
    } catch (IOException hungUp) {
      // Expected by some tests.
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads headers and body, because unread data would reset the connection on close. */
  private static String request(InputStream in) throws IOException {
    StringBuilder read = new StringBuilder();
    while (!read.toString().contains("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return read.toString();
      }
      read.append((char) next);
    }
    String head = read.toString();
    int length =
        head.toLowerCase(Locale.ROOT)
            .lines()
            .filter(line -> line.startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    in.readNBytes(length);
    return head;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
