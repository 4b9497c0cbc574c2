package dev.osmo.cli.server;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.tty.Spinner;
import jakarta.inject.Singleton;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
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
        HttpResponse<byte[]> response = sent(server, http);
        trace.response(response.statusCode(), response.headers().map(), response.body());
        Optional<Duration> pause = pauseAfter(response, request.retry(), attempt);
        if (pause.isEmpty()) {
          return response(response);
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

  private Optional<Duration> pauseAfter(HttpResponse<byte[]> response, Retry retry, int attempt) {
    return RetryPolicy.afterResponse(
        retry,
        response.statusCode(),
        attempt,
        RetryAfter.of(response.headers(), clock.instant()),
        chance());
  }

  private HttpResponse<byte[]> sent(ServerUrl server, HttpRequest http) throws Transport.Broken {
    Spinner spinner = terminal.waiting("Waiting for " + server);
    try (spinner) {
      return transport.send(server, http);
    }
  }

  private HttpRequest http(ServerUrl server, RawRequest request, Optional<String> bearer) {
    HttpRequest.Builder http = HttpRequest.newBuilder(server.resolve(request.pathAndQuery()));
    request.headers().forEach(http::setHeader);
    http.setHeader("User-Agent", userAgent);
    bearer.ifPresent(text -> http.setHeader("Authorization", "Bearer " + text));
    byte[] body = request.body();
    return http.method(
            request.method(),
            body.length == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private ServerResponse response(HttpResponse<byte[]> response) {
    response
        .headers()
        .firstValue(ServerWarning.HEADER)
        .flatMap(ServerWarning::decoded)
        .ifPresent(terminal::message);
    return new ServerResponse(response.statusCode(), response.body(), response.headers());
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
