package dev.osmo.local.launch;

import dev.osmo.local.CannotStart;
import dev.osmo.local.process.Child;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;

/** Polls the health of a service until it is ready. */
final class Readiness {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private Readiness() {}

  static void await(Child service, int port) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/q/health/ready".formatted(port)))
            .timeout(Duration.ofSeconds(5))
            .build();
    Instant deadline = Instant.now().plus(DEADLINE);
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (service.alive() && Instant.now().isBefore(deadline)) {
        if (ready(http, request)) {
          return;
        }
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new CannotStart(
        service.alive()
            ? "%s did not become ready within %d minutes; see %s."
                .formatted(service.name(), DEADLINE.toMinutes(), service.log())
            : service.exitReport());
  }

  private static boolean ready(HttpClient http, HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
