package dev.osmo.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.bench.load.Workload.Request;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SteadyLoadTest {

  private final Set<String> paths = ConcurrentHashMap.newKeySet();
  private final CountDownLatch each = new CountDownLatch(6);

  @Test
  void all_requests_of_a_workload_are_sent_again_and_again_and_counted() throws Exception {
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
      SteadyLoad load = new SteadyLoad();
      load.begin(
          new Workload("mixed", Optional.empty(), true, List.of(to("/{n}"), to("/refused"))),
          server.actualPort(),
          100);
      each.await();

      load.close();

      assertThat(paths).hasSizeGreaterThan(3).contains("/refused").doesNotContain("/{n}");
      assertThat(load.succeeded()).isGreaterThanOrEqualTo(3);
      assertThat(load.failed()).isBetween(load.succeeded() - 1, load.succeeded());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static Request to(String path) {
    return new Request("POST", path, List.of("X-A: b: c"), "a=b");
  }

  private void answer(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              boolean asSent =
                  body.toString().equals("a=b") && "b: c".equals(request.getHeader("X-A"));
              paths.add(request.path());
              request
                  .response()
                  .setStatusCode(asSent && !request.path().equals("/refused") ? 201 : 409)
                  .end();
              each.countDown();
            });
  }
}
