package dev.osmo.token.notice;

import dev.osmo.http.start.StartRefused;
import dev.osmo.token.notice.WebhookClient.Delivery;
import dev.osmo.token.notice.WebhookClient.Delivery.Accepted;
import dev.osmo.token.notice.WebhookClient.Delivery.Failed;
import io.quarkus.runtime.configuration.DurationConverter;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code test-notice}: sends a notice about a token that does not exist to each webhook
 * of the file that the environment names, without a database.
 */
public final class TestNotice {

  private static final String FILE = "TOKEN_SERVICE_EXPIRY_NOTICES_WEBHOOKS_FILE";
  private static final String ISSUER = "TOKEN_SERVICE_ISSUER";
  private static final String MAX_LIFETIME = "TOKEN_SERVICE_POLICY_MAX_LIFETIME";

  private TestNotice() {}

  /**
   * Sends it to all webhooks and waits for their responses.
   *
   * @return the exit code: 0 if all accepted it; 1 if not, with the reasons on {@code err}
   */
  public static int run(Map<String, String> env, PrintStream out, PrintStream err) {
    @Nullable String file = env.get(FILE);
    if (file == null || file.isBlank()) {
      err.println(FILE + " is not set.");
      return 1;
    }
    try {
      return send(
          Webhooks.read(Optional.of(Path.of(file))).all(),
          new Notice.Sender(
              Optional.ofNullable(env.get(ISSUER)).map(SendNotices::page).orElse(null),
              maxLifetime(env.get(MAX_LIFETIME))),
          out,
          err);
    } catch (StartRefused refused) {
      err.println(refused.getMessage());
      return 1;
    }
  }

  /** As the service reads it, whose default is longer than what the command renews for. */
  private static Duration maxLifetime(@Nullable String text) {
    try {
      return text == null || text.isBlank()
          ? Notice.RENEWED_FOR
          : DurationConverter.parseDuration(text.strip());
    } catch (IllegalArgumentException e) {
      throw new StartRefused(MAX_LIFETIME + " is not a duration.");
    }
  }

  private static int send(
      List<Webhook> webhooks, Notice.Sender sender, PrintStream out, PrintStream err) {
    int failures = 0;
    for (Webhook webhook : webhooks) {
      switch (send(webhook, sender)) {
        case Accepted(int status) ->
            out.println("%s: accepted with status %d".formatted(webhook.name(), status));
        case Failed(String reason) -> {
          failures++;
          err.println("%s: not accepted: %s".formatted(webhook.name(), reason));
        }
      }
    }
    return failures == 0 ? 0 : 1;
  }

  private static Delivery send(Webhook webhook, Notice.Sender sender) {
    try (WebhookClient client = new WebhookClient(webhook)) {
      Instant now = Instant.now();
      String id = "msg_test_" + UUID.randomUUID().toString().replace("-", "");
      return client.send(id, Notice.test(now, sender).json(), now).join();
    }
  }
}
