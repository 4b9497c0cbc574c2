package dev.osmo.token.notice;

import dev.osmo.http.authority.AuthorityFile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Sends signed messages to one webhook (Standard Webhooks 1.0.0). A response other than 2xx is a
 * failure, also a redirect: the message is for this address only.
 */
final class WebhookClient implements AutoCloseable {

  /** For the whole request. The lease of a notice is longer. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int SUCCESS = 2;

  /** What became of one attempt. */
  sealed interface Delivery {

    /** The receiver has it. */
    record Accepted(int status) implements Delivery {}

    /** The receiver may have it. The reason names no part of the address. */
    record Failed(String reason) implements Delivery {}
  }

  private final Webhook webhook;
  private final HttpClient client;

  WebhookClient(Webhook webhook) {
    this.webhook = webhook;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(TIMEOUT);
    webhook.authorities().map(AuthorityFile::context).ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  Webhook webhook() {
    return webhook;
  }

  /**
   * Sends a message, and never fails.
   *
   * @param id the same for each attempt, so that the receiver recognizes a repetition
   * @param now the time of this attempt, by which the receiver recognizes a replay
   */
  CompletableFuture<Delivery> send(String id, byte[] body, Instant now) {
    CompletableFuture<HttpResponse<Void>> exchange =
        client.sendAsync(request(id, body, now), BodyHandlers.discarding());
    return exchange
        .copy()
        .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (response, failure) -> {
              exchange.cancel(true);
              return failure == null ? delivery(response.statusCode()) : failed(failure);
            });
  }

  private HttpRequest request(String id, byte[] body, Instant now) {
    String timestamp = Long.toString(now.getEpochSecond());
    return HttpRequest.newBuilder(webhook.url())
        .header("Content-Type", "application/json")
        .header("User-Agent", "osmo-token-service")
        .header("webhook-id", id)
        .header("webhook-timestamp", timestamp)
        .header("webhook-signature", signatures(id + "." + timestamp + ".", body))
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  /** One for each secret, so that the receiver may have either. */
  private String signatures(String head, byte[] body) {
    byte[] prefix = head.getBytes(StandardCharsets.UTF_8);
    byte[] message = new byte[prefix.length + body.length];
    System.arraycopy(prefix, 0, message, 0, prefix.length);
    System.arraycopy(body, 0, message, prefix.length, body.length);
    return webhook.secrets().stream()
        .map(secret -> "v1," + Base64.getEncoder().encodeToString(secret.sign(message)))
        .collect(Collectors.joining(" "));
  }

  private static Delivery delivery(int status) {
    return status / 100 == SUCCESS
        ? new Delivery.Accepted(status)
        : new Delivery.Failed("status " + status);
  }

  private static Delivery failed(Throwable failure) {
    return switch (failure) {
      case CompletionException wrapped when wrapped.getCause() != null ->
          failed(wrapped.getCause());
      case TimeoutException late -> new Delivery.Failed("no response within " + TIMEOUT);
      case IOException network -> new Delivery.Failed(network.getClass().getSimpleName());
      default -> new Delivery.Failed(failure.getClass().getSimpleName());
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
