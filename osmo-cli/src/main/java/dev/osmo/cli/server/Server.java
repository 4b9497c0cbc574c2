package dev.osmo.cli.server;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests. Promises: connecting takes at most {@link #CONNECT_LIMIT}, the whole exchange at
 * most {@link #TOTAL_LIMIT} however slowly bytes drip, an answer holds at most {@link #BODY_LIMIT}
 * bytes, and no redirect is followed.
 */
@Singleton
public class Server {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration TOTAL_LIMIT = Duration.ofSeconds(60);
  private static final int BODY_LIMIT = 16 * 1024 * 1024;

  private final String userAgent;
  private @Nullable HttpClient client;

  public Server(@ConfigProperty(name = "quarkus.application.version") String version) {
    this.userAgent = "osmo-cli/" + version;
  }

  /**
   * Waits for the whole answer, whatever its status.
   *
   * @param bearer text for the Authorization header; empty for the few public endpoints
   * @throws Failure when no answer came
   */
  public ServerAnswer send(ServerUrl server, ServerRequest request, Optional<String> bearer) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(server.resolve(request.pathAndQuery()))
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .header("User-Agent", userAgent)
            .method(request.method(), body(request));
    bearer.ifPresent(text -> http.header("Authorization", "Bearer " + text));
    HttpResponse<byte[]> response = await(server, exchange(http.build()));
    return new ServerAnswer(
        response.statusCode(), response.body(), response.headers().firstValue("X-Request-Id"));
  }

  private static HttpRequest.BodyPublisher body(ServerRequest request) {
    return request
        .body()
        .map(json -> HttpRequest.BodyPublishers.ofByteArray(Json.bytes(json)))
        .orElseGet(HttpRequest.BodyPublishers::noBody);
  }

  private CompletableFuture<HttpResponse<byte[]>> exchange(HttpRequest request) {
    return client().sendAsync(request, answer -> new BoundedBody(BODY_LIMIT));
  }

  /**
   * Made on first use: a command that sends nothing should not pay for it. Not in a static holder,
   * which a native build would fill on the building machine.
   */
  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(CONNECT_LIMIT)
              .build();
    }
    return client;
  }

  private static HttpResponse<byte[]> await(
      ServerUrl server, CompletableFuture<HttpResponse<byte[]>> exchange) {
    try {
      return exchange.get(TOTAL_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException slow) {
      exchange.cancel(true);
      throw noAnswer(
          "No complete answer from " + server + " within " + TOTAL_LIMIT.toSeconds() + " s");
    } catch (InterruptedException interrupted) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted", "");
    } catch (ExecutionException failed) {
      throw failure(server, failed.getCause());
    }
  }

  private static Failure failure(ServerUrl server, @Nullable Throwable cause) {
    return switch (cause) {
      case BoundedBody.TooLarge tooLarge ->
          noAnswer("The answer from " + server + " is larger than osmo accepts");
      case SSLException tls ->
          noAnswer("No trusted TLS connection to " + server + " (" + tls.getMessage() + ")");
      case IOException network -> noAnswer("Cannot reach " + server);
      case null, default -> noAnswer("The request to " + server + " failed");
    };
  }

  private static Failure noAnswer(String what) {
    return Failure.of(
        ExitCode.SERVER_ERROR, what, "Check the address and that the server is running.");
  }
}
