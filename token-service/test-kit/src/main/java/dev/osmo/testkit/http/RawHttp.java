package dev.osmo.testkit.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request byte by byte as written: an HTTP client only sends requests that are well-formed. */
public final class RawHttp {

  private static final int DEADLINE_MILLIS = 120_000;

  private RawHttp() {}

  /**
   * Everything that the server on this port of the loopback interface sends until it closes the
   * connection. The request must ask for that with {@code Connection: close}.
   */
  public static String send(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(DEADLINE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
