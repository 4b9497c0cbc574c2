package dev.osmo.token.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.osmo.token.testing.Request;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/** A request whose client can hang up before the response. */
record AbandonedRequest(Socket socket) {

  static AbandonedRequest send(Request request) {
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.address());
    head.append(" HTTP/1.1\r\nHost: localhost\r\n");
    request
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    int length = request.body().getBytes(UTF_8).length;
    head.append("Content-Length: ").append(length).append("\r\n\r\n").append(request.body());
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
      socket.setSoLinger(true, 0);
      socket.getOutputStream().write(head.toString().getBytes(UTF_8));
      socket.getOutputStream().flush();
      return new AbandonedRequest(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Resets the connection. */
  void hangUp() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
