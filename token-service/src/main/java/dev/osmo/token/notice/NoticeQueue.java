package dev.osmo.token.notice;

import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Transactions;
import dev.osmo.token.settings.ExpiryNoticeSettings;
import dev.osmo.token.settings.TokenServiceSettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The notices in the database, which all replicas share. Each method is one transaction. */
@ApplicationScoped
class NoticeQueue {

  /** How many tokens one transaction plans. */
  private static final int PLANNED = 500;

  /** How many notices are sent at the same time. */
  private static final int SENT = 16;

  /**
   * Longer than an attempt may take, and than a replica pauses. Another replica then takes over.
   */
  private static final Duration LEASE = Duration.ofMinutes(5);

  private static final String PLAN =
      """
      SELECT plan_expiry_notices(
        CAST(string_to_array(:thresholds, ',') AS integer[]), string_to_array(:webhooks, ','), :batch)
      """;
  private static final String CLAIM =
      """
      SELECT n.id AS id, CAST(n.attempt AS bigint) AS attempt, n.outcome AS outcome, n.token_id AS token_id,
             n.token_name AS token_name, n.owner AS owner, n.expires_at AS expires_at, n.as_of AS as_of
        FROM claim_expiry_notices(
          :webhook, CAST(CAST(:lease AS text) AS interval), CAST(CAST(:retried AS text) AS interval), :batch) n
      """;
  private static final String RECORD =
      "SELECT record_expiry_notice(:notice, :attempt, :delivered, CAST(CAST(:pause AS text) AS interval))";

  private final Transactions transactions;
  private final ExpiryNoticeSettings settings;

  NoticeQueue(Transactions transactions, TokenServiceSettings settings) {
    this.transactions = transactions;
    this.settings = settings.expiryNotices();
  }

  /** Returns the number of tokens that were read. Zero: no others have reached a threshold. */
  Uni<Integer> plan(List<String> webhooks) {
    String thresholds =
        settings.days().stream().map(String::valueOf).collect(Collectors.joining(","));
    return transactions.run(
        () ->
            NativeQuery.of(PLAN)
                .with("thresholds", thresholds)
                .with("webhooks", String.join(",", webhooks))
                .with("batch", PLANNED)
                .single(Integer.class));
  }

  /** Those that are due now. Empty: none is. */
  Uni<List<ClaimedNotice>> claim(Webhook webhook) {
    return transactions.run(
        () ->
            NativeQuery.of(CLAIM)
                .with("webhook", webhook.name())
                .with("lease", LEASE.toString())
                .with("retried", settings.retryFor().toString())
                .with("batch", SENT)
                .list(ClaimedNotice::of));
  }

  Uni<Boolean> delivered(ClaimedNotice.ToSend notice) {
    return record(notice, true, Duration.ZERO);
  }

  Uni<Boolean> failed(ClaimedNotice.ToSend notice, Duration pause) {
    return record(notice, false, pause);
  }

  private Uni<Boolean> record(ClaimedNotice.ToSend notice, boolean delivered, Duration pause) {
    return transactions.run(
        () ->
            NativeQuery.of(RECORD)
                .with("notice", notice.id())
                .with("attempt", notice.attempt())
                .with("delivered", delivered)
                .with("pause", pause.toString())
                .single(Boolean.class));
  }
}
