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
 *   <li>Whatever a webhook does delays neither the others nor what is planned, if each is called in
 *       a thread of its own.
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
  private final Notice.Sender sender;
  private final List<WebhookClient> clients;
  private final List<String> names;

  SendNotices(NoticeQueue queue, MeterRegistry meters, TokenServiceSettings settings) {
    this.queue = queue;
    this.meters = meters;
    this.sender =
        new Notice.Sender(
            settings.web().enabled() ? page(settings.issuer()) : null,
            settings.policy().maxLifetime());
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
  List<WebhookClient> clients() {
    return clients;
  }

  /** Blocks until nothing is left to plan now. */
  void plan() throws Throwable {
    int read;
    do {
      read = VertxContextSupport.subscribeAndAwait(() -> queue.plan(names));
    } while (read > 0);
  }

  /** Blocks until nothing is left that is due now, except what the webhook does not accept. */
  void sendTo(WebhookClient client) throws Throwable {
    while (sendBatch(client)) {
      LOG.debugf("notices sent: webhook=%s", client.webhook().name());
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
    return recordAll(
        client.webhook(), notices, deliveries.stream().map(CompletableFuture::join).toList());
  }

  /**
   * Records each, also if that fails for another: what was delivered and not recorded is sent
   * again.
   *
   * @return how many were accepted
   */
  private int recordAll(Webhook webhook, List<ToSend> notices, List<Delivery> deliveries)
      throws Throwable {
    @Nullable Throwable failure = null;
    int accepted = 0;
    for (int i = 0; i < notices.size(); i++) {
      try {
        accepted += record(webhook, notices.get(i), deliveries.get(i)) ? 1 : 0;
      } catch (Throwable e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return accepted;
  }

  private boolean record(Webhook webhook, ToSend notice, Delivery delivery) throws Throwable {
    return switch (delivery) {
      case Accepted accepted -> {
        VertxContextSupport.subscribeAndAwait(() -> queue.delivered(notice));
        count(webhook.name(), "delivered", 1);
        yield true;
      }
      case Failed(String reason) -> {
        LOG.warnf(
            "notice not delivered, retrying: webhook=%s pat_id=%s attempt=%d reason=%s",
            webhook.name(), notice.token().id(), notice.attempt(), reason);
        double random = ThreadLocalRandom.current().nextDouble();
        VertxContextSupport.subscribeAndAwait(
            () -> queue.failed(notice, Backoff.after(notice.attempt(), random)));
        count(webhook.name(), "failed", 1);
        yield false;
      }
    };
  }

  private byte[] body(ToSend notice) {
    return Notice.expiring(notice.token(), notice.expiresAt(), notice.asOf(), sender).json();
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
