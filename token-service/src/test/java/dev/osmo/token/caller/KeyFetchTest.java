package dev.osmo.token.caller;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyFetchTest {

  /** Otherwise no later fetch would begin. */
  @Test
  void a_response_that_never_ends_fails() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", request -> request.sendResponseHeaders(200, 1000));
    server.start();
    KeyFetch fetch =
        new KeyFetch(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            Optional.empty(),
            Duration.ofMinutes(1));
    try {
      assertThat(fetch.run()).failsWithin(Patience.LONG);
    } finally {
      fetch.close();
      server.stop(0);
    }
  }
}
