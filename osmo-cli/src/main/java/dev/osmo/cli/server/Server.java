package dev.osmo.cli.server;

import dev.osmo.cli.http.HttpRequest;
import dev.osmo.cli.http.HttpResponse;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.tty.Spinner;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Sends requests, repeats them as {@link RetryPolicy} allows, and prints the server's warnings. */
@Singleton
public class Server {
  private final Transport transport;
  private final WireTrace trace;
  private final Terminal terminal;
  private final Clock clock;
  private final String userAgent;

  Server(
      Transport transport,
      WireTrace trace,
      Terminal terminal,
      Clock clock,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.transport = transport;
    this.trace = trace;
    this.terminal = terminal;
    this.clock = clock;
    this.userAgent = "osmo-cli/" + version;
  }

  public ServerResponse send(ServerUrl server, ServerRequest request, Optional<String> bearer) {
    return send(server, request.raw(), bearer);
  }

  /**
   * Waits for the complete response, whatever its status.
   *
   * @param bearer the JWT for the Authorization header; empty for public endpoints
   * @throws Failure without a complete response
   */
  public ServerResponse send(ServerUrl server, RawRequest request, Optional<String> bearer) {
    HttpRequest http = http(server, request, bearer);
    for (int attempt = 1; ; attempt++) {
      trace.request(server, request);
      try {
        HttpResponse response = sent(server, http, request.retry() == Retry.IDEMPOTENT);
        trace.response(response.status(), response.headers(), response.body());
        Optional<Duration> pause = pauseAfter(response, request.retry(), attempt);
        if (pause.isEmpty()) {
          return received(response);
        }
        pause(pause.get());
      } catch (Transport.Broken broken) {
        trace.note("connection failed");
        pause(
            RetryPolicy.afterBrokenConnection(request.retry(), attempt, chance())
                .orElseThrow(broken::meaning));
      }
    }
  }

  private Optional<Duration> pauseAfter(HttpResponse response, Retry retry, int attempt) {
    return RetryPolicy.afterResponse(
        retry, response.status(), attempt, RetryAfter.of(response, clock.instant()), chance());
  }

  private HttpResponse sent(ServerUrl server, HttpRequest http, boolean repeatable)
      throws Transport.Broken {
    Spinner spinner = terminal.waiting("Waiting for " + server);
    try (spinner) {
      return transport.send(server, http, repeatable);
    }
  }

  private HttpRequest http(ServerUrl server, RawRequest request, Optional<String> bearer) {
    Map<String, String> headers = new LinkedHashMap<>(request.headers());
    headers.put("User-Agent", userAgent);
    bearer.ifPresent(text -> headers.put("Authorization", "Bearer " + text));
    return new HttpRequest(
        request.method(), server.target(request.pathAndQuery()), headers, request.body());
  }

  private ServerResponse received(HttpResponse response) {
    response
        .header(ServerWarning.HEADER)
        .flatMap(ServerWarning::decoded)
        .ifPresent(terminal::message);
    return new ServerResponse(response, RetryAfter.of(response, clock.instant()));
  }

  private static double chance() {
    return ThreadLocalRandom.current().nextDouble();
  }

  private void pause(Duration duration) {
    trace.note("retrying in " + duration.toMillis() + " ms");
    Spinner spinner = terminal.waiting("Waiting to retry");
    try (spinner) {
      Thread.sleep(duration);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted", "");
    }
  }
}
