package dev.osmo.cli.server;

import dev.osmo.cli.environment.Variables;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
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
import org.jspecify.annotations.Nullable;

/**
 * Sends one request. Guarantees: connecting takes at most {@link #CONNECT_LIMIT}; request and
 * response take at most {@link #TOTAL_LIMIT} seconds, or {@code OSMO_TIMEOUT}; a response has at
 * most {@link #BODY_LIMIT} bytes; redirects are not followed.
 */
@Singleton
class Transport {
  /** The connection broke before the response was complete. The server may have processed it. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure meaning;

    private Broken(Failure meaning) {
      super(meaning);
      this.meaning = meaning;
    }

    Failure meaning() {
      return meaning;
    }
  }

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final int TOTAL_LIMIT = 60;
  private static final int BODY_LIMIT = 16 * 1024 * 1024;

  /** Java reads it once, before the first request. By default it sends proxies no password. */
  private static final String DISABLED_PROXY_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  private final Variables variables;
  private final ProxyVariables proxies;
  private Optional<HttpClient> client = Optional.empty();
  private Optional<TrustedCertificates> clientTrusts = Optional.empty();

  Transport(Variables variables) {
    System.setProperty(DISABLED_PROXY_SCHEMES, "");
    this.variables = variables;
    this.proxies = new ProxyVariables(variables);
  }

  HttpResponse<byte[]> send(ServerUrl server, HttpRequest request) throws Broken {
    int limit = totalLimit();
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client(request.uri()).sendAsync(toProxy(request), response -> new BoundedBody(BODY_LIMIT));
    try {
      return fromServer(exchange.get(limit, TimeUnit.SECONDS));
    } catch (TimeoutException slow) {
      exchange.cancel(true);
      throw noResponse("No complete response from " + server + " within " + limit + " s");
    } catch (InterruptedException interrupted) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted", "");
    } catch (ExecutionException failed) {
      throw failure(server, failed.getCause());
    }
  }

  /** Reports a response of the proxy itself, which may have no body. */
  private static HttpResponse<byte[]> fromServer(HttpResponse<byte[]> response) {
    if (response.statusCode() == 407) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "The proxy requires a user name and password, or does not accept them",
          "Set them in the proxy variable: http://user:password@host:port");
    }
    return response;
  }

  private HttpRequest toProxy(HttpRequest request) {
    return proxies
        .authorization(request.uri())
        .map(
            text ->
                HttpRequest.newBuilder(request, (name, value) -> true)
                    .setHeader("Proxy-Authorization", text)
                    .build())
        .orElse(request);
  }

  private int totalLimit() {
    String seconds = variables.variable("OSMO_TIMEOUT").orElse("" + TOTAL_LIMIT);
    if (seconds.matches("[1-9]\\d{0,4}")) {
      return Integer.parseInt(seconds);
    }
    throw Failure.of(
        ExitCode.USER_ERROR,
        "OSMO_TIMEOUT is " + seconds + ", not a number of seconds",
        "Set it to a number such as 60, or unset it.");
  }

  /** Created on first use, because many commands send no request. */
  private synchronized HttpClient client(URI server) {
    Optional<TrustedCertificates> roots = TrustedCertificates.towards(server, variables);
    if (client.isEmpty() || !clientTrusts.equals(roots)) {
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .proxy(proxies)
              .connectTimeout(CONNECT_LIMIT);
      roots.flatMap(TrustedCertificates::context).ifPresent(builder::sslContext);
      client = Optional.of(builder.build());
      clientTrusts = roots;
    }
    return client.orElseThrow();
  }

  private static Failure failure(ServerUrl server, @Nullable Throwable cause) throws Broken {
    return switch (cause) {
      case BoundedBody.TooLarge tooLarge ->
          noResponse("The response from " + server + " is larger than 16 MiB");
      case SSLException tls ->
          noResponse("No trusted TLS connection to " + server + " (" + tls.getMessage() + ")");
      case Failure refused -> refused;
      case IOException network -> throw new Broken(noResponse("Cannot reach " + server));
      case null, default -> noResponse("The request to " + server + " failed");
    };
  }

  private static Failure noResponse(String what) {
    return Failure.of(
        ExitCode.SERVER_ERROR, what, "Check the address and that the server is running.");
  }
}
