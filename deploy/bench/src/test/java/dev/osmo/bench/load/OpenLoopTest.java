package dev.osmo.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.osmo.bench.cpu.Processor;
import dev.osmo.bench.load.Workload.Request;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenLoopTest {

  private static final int[] STATUSES = {200, 200, 503, 404};

  @TempDir Path folder;

  private final AtomicInteger requests = new AtomicInteger();

  @Test
  void every_request_is_sent_and_counted_by_its_status() {
    assumeThat(OpenLoop.isInstalled())
        .as("h2load: %s", String.join(" ", OpenLoop.installation()))
        .isTrue();
    Vertx vertx = Vertx.vertx();
    try {
      HttpServer server =
          vertx
              .createHttpServer()
              .requestHandler(this::answer)
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .join();
      Workload workload =
          new Workload(
              "mixed",
              Optional.empty(),
              true,
              List.of(new Request("POST", "/", List.of("X-A: b"), "a=b")));

      OpenLoopResult result =
          new OpenLoop(folder, Processor.FIRST).run(workload, server.actualPort(), 1024, 1);

      assertThat(requests).hasValue(2048);
      assertThat(List.of(result.admitted(), result.refused(), result.failed()))
          .allSatisfy(count -> assertThat(count).isPositive());
      assertThat(result.admitted() + result.refused() + result.failed()).isEqualTo(result.sent());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private void answer(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              boolean asSent =
                  body.toString().equals("a=b") && "b".equals(request.getHeader("X-A"));
              request
                  .response()
                  .setStatusCode(
                      asSent ? STATUSES[requests.getAndIncrement() % STATUSES.length] : 500)
                  .end();
            });
  }
}
