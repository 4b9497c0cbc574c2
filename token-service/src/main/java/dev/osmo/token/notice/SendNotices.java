package dev.osmo.token.notice;

import dev.osmo.token.notice.ClaimedNotice.Closed;
import dev.osmo.token.notice.ClaimedNotice.ToSend;
import dev.osmo.token.notice.WebhookClient.Delivery;
import dev.osmo.token.notice.WebhookClient.Delivery.Accepted;
import dev.osmo.token.notice.WebhookClient.Delivery.Failed;
import dev.osmo.token.settings.TokenServiceSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Use case: plan the notices that are due, and send them to each webhook.
 *
 * <ol>
 *   <li>A notice is sent by the replica that has claimed it, at least once. Each attempt has the
 *       same id.
 *   <li>It is sent only if, when it was claimed, its token could be used and had the same expiry.
 *   <li>A webhook that accepts nothing delays the others by one timeout.
 * </ol>
 *
 * <p>Created at startup, so that an invalid file is reported there.
 */
@Startup
@ApplicationScoped
class SendNotices {

  private static final Logger LOG = Logger.getLogger(SendNotices.class);
  private static final List<String> OUTCOMES =
      List.of("delivered", "failed", "obsolete", "abandoned");

  private final NoticeQueue queue;
  private final MeterRegistry meters;
  private final @Nullable String page;
  private final List<WebhookClient> clients;
  private final List<String> names;

  SendNotices(NoticeQueue queue, MeterRegistry meters, TokenServiceSettings settings) {
    this.queue = queue;
    this.meters = meters;
    this.page = settings.web().enabled() ? page(settings.issuer()) : null;
    Webhooks webhooks = Webhooks.read(settings.expiryNotices().webhooksFile());
    this.names = webhooks.names();
    this.clients = webhooks.all().stream().map(WebhookClient::new).toList();
    for (String webhook : names) {
      OUTCOMES.forEach(outcome -> count(webhook, outcome, 0));
    }
  }

  static String page(String issuer) {
    return issuer.endsWith("/") ? issuer : issuer + "/";
  }

  /** Without a webhook, nothing is planned. */
  boolean isConfigured() {
    return !clients.isEmpty();
  }

  /** Blocks until nothing is left that is due now, except what a webhook does not accept. */
  void run() throws Throwable {
    int read;
    do {
      read = VertxContextSupport.subscribeAndAwait(() -> queue.plan(names));
    } while (read > 0);
    for (WebhookClient client : clients) {
      while (sendBatch(client)) {
        LOG.debugf("notices sent: webhook=%s", client.webhook().name());
      }
    }
  }

  /** False if none was due, or if the webhook accepted none. */
  private boolean sendBatch(WebhookClient client) throws Throwable {
    List<ClaimedNotice> claimed =
        VertxContextSupport.subscribeAndAwait(() -> queue.claim(client.webhook()));
    List<ToSend> toSend = new ArrayList<>();
    for (ClaimedNotice notice : claimed) {
      switch (notice) {
        case ToSend one -> toSend.add(one);
        case Closed(String outcome) -> closed(client.webhook(), outcome);
      }
    }
    int accepted = send(client, toSend);
    return !claimed.isEmpty() && (toSend.isEmpty() || accepted > 0);
  }

  private void closed(Webhook webhook, String outcome) {
    count(webhook.name(), outcome, 1);
    LOG.debugf("notice not sent: webhook=%s outcome=%s", webhook.name(), outcome);
  }

  private int send(WebhookClient client, List<ToSend> notices) throws Throwable {
    List<CompletableFuture<Delivery>> deliveries =
        notices.stream()
            .map(notice -> client.send("msg_" + notice.id(), body(notice), now()))
            .toList();
    int accepted = 0;
    for (int i = 0; i < notices.size(); i++) {
      accepted += record(client.webhook(), notices.get(i), deliveries.get(i).join()) ? 1 : 0;
    }
    return accepted;
  }

  private boolean record(Webhook webhook, ToSend notice, Delivery delivery) throws Throwable {
    return switch (delivery) {
      case Accepted accepted -> {
        count(webhook.name(), "delivered", 1);
        VertxContextSupport.subscribeAndAwait(() -> queue.delivered(notice));
        yield true;
      }
      case Failed(String reason) -> {
        count(webhook.name(), "failed", 1);
        LOG.warnf(
            "notice not delivered, retrying: webhook=%s pat_id=%s attempt=%d reason=%s",
            webhook.name(), notice.token().id(), notice.attempt(), reason);
        double random = ThreadLocalRandom.current().nextDouble();
        VertxContextSupport.subscribeAndAwait(
            () -> queue.failed(notice, Backoff.after(notice.attempt(), random)));
        yield false;
      }
    };
  }

  private byte[] body(ToSend notice) {
    return Notice.expiring(notice.token(), notice.expiresAt(), notice.asOf(), page).json();
  }

  /** The receiver compares it with its own clock. */
  private static Instant now() {
    return Instant.now();
  }

  private void count(String webhook, String outcome, int times) {
    meters.counter("osmo.expiry.notices", "webhook", webhook, "outcome", outcome).increment(times);
  }

  @PreDestroy
  void stop() {
    clients.forEach(WebhookClient::close);
  }
}
