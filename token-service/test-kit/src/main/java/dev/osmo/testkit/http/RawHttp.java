package dev.osmo.testkit.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends requests byte by byte as written; an HTTP client sends only well-formed requests. */
public final class RawHttp {

  private static final int READ_TIMEOUT_MILLIS = 120_000;

  private RawHttp() {}

  /**
   * Everything that the server on this port of the loopback interface sends until it closes the
   * connection. The request must contain {@code Connection: close}.
   */
  public static String send(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
