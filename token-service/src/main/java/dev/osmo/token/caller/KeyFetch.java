package dev.osmo.token.caller;

import dev.osmo.http.authority.AuthorityFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.lang.JoseException;

/** Fetches the exchange's key set without blocking a thread. */
final class KeyFetch {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Pattern MAX_AGE = Pattern.compile("(?:^|[,\\s])max-age=(\\d{1,9})");
  private static final Duration SHORTEST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final HttpClient client;
  private final HttpRequest request;
  private final Duration defaultMaxAge;

  /** The fetched keys and the pause until the next fetch. */
  record Fetched(KeySet keys, Duration maxAge) {}

  /**
   * @param authorities the only ones that may sign the server's certificate; empty for those of the
   *     JVM
   */
  KeyFetch(URI url, Optional<AuthorityFile> authorities, Duration defaultMaxAge) {
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(TIMEOUT);
    authorities.map(AuthorityFile::context).ifPresent(builder::sslContext);
    this.client = builder.build();
    this.request =
        HttpRequest.newBuilder(url).timeout(TIMEOUT).header("Accept", "application/json").build();
    this.defaultMaxAge = defaultMaxAge;
  }

  CompletableFuture<Fetched> run() {
    // The request's own timeout ends with the headers of the response.
    return client
        .sendAsync(request, BodyHandlers.ofString())
        .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(this::read);
  }

  void close() {
    client.shutdownNow();
  }

  private Fetched read(HttpResponse<String> response) {
    try {
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return new Fetched(
          KeySet.parse(response.body()),
          maxAge(response.headers().firstValue("Cache-Control").orElse("")));
    } catch (IOException | JoseException e) {
      throw new CompletionException(e);
    }
  }

  /** RFC 9111, section 5.2.2.1, limited to 5 seconds up to 10 minutes. */
  Duration maxAge(String cacheControl) {
    Matcher found = MAX_AGE.matcher(cacheControl);
    Duration stated =
        found.find() ? Duration.ofSeconds(Long.parseLong(found.group(1))) : defaultMaxAge;
    return stated.compareTo(SHORTEST) < 0
        ? SHORTEST
        : stated.compareTo(LONGEST) > 0 ? LONGEST : stated;
  }
}
