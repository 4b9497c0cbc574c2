package dev.osmo.local.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A service that sends these lines, each ended by CR LF, and then closes the connection. */
record FixedAnswer(ServerSocket server) implements AutoCloseable {
  static FixedAnswer start(String answer) throws IOException {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> answerAll(server, answer));
    return new FixedAnswer(server);
  }

  int port() {
    return server.getLocalPort();
  }

  private static void answerAll(ServerSocket server, String answer) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        BufferedReader head =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        String line = head.readLine();
        while (line != null && !line.isEmpty()) {
          line = head.readLine();
        }
        client
            .getOutputStream()
            .write(answer.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException closed) {
        // The test has ended, or the gateway has closed its connection.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
