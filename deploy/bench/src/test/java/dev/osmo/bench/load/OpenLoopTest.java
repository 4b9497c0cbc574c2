package dev.osmo.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.osmo.bench.load.Workload.Request;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenLoopTest {

  private static final int[] STATUSES = {200, 200, 503, 404};

  @TempDir Path folder;

  @Test
  void every_request_is_sent_and_counted_by_its_status() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          int status = STATUSES[requests.getAndIncrement() % STATUSES.length];
          exchange.sendResponseHeaders(body.equals("a=b") ? status : 500, -1);
          exchange.close();
        });
    server.start();
    try {
      Workload workload =
          new Workload(
              "mixed",
              Optional.empty(),
              true,
              List.of(new Request("POST", "/", List.of("X-A: b"), "a=b")));

      OpenLoopResult result =
          new OpenLoopProcess(folder).run(workload, server.getAddress().getPort(), 100, 2);

      assertThat(List.of(result.admitted(), result.refused(), result.failed()))
          .containsExactly(100L, 50L, 50L);
    } finally {
      server.stop(0);
    }
  }
}
