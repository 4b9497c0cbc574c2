package dev.osmo.token.testing;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request byte by byte as written: HTTP clients know only requests that are in order. */
public final class RawHttp {

  private RawHttp() {}

  /** All that the service answers until it closes the connection, which the text must ask for. */
  public static String send(String text) throws IOException {
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
