package dev.osmo.token.events;

import dev.osmo.http.problem.FailureTranslator;
import dev.osmo.http.problem.RefusedException;
import dev.osmo.token.problem.SqlFailure;
import dev.osmo.token.settings.SecurityEventSettings;
import dev.osmo.token.settings.TokenServiceSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnector;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow.Publisher;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Receives security events from a Kafka topic. The value of a record is the text that would be
 * pushed, and it is verified and judged in the same way. Without a configured topic, nothing
 * happens here.
 *
 * <ol>
 *   <li>A record is acknowledged when its effect is committed in the database, or when it can never
 *       have one. So a replica that is killed loses nothing, and what it had done is a repeated
 *       event for the next one.
 *   <li>A record that is not acceptable is counted, logged without its content and skipped.
 *   <li>While the database or the keys of a transmitter are unavailable, a record is tried again,
 *       and those after it are processed: the order of events does not matter. If too many records
 *       wait, no further one is read until one of them is done.
 *   <li>A record that fails again and again for another reason is counted, logged and skipped.
 *   <li>If the client cannot be created or stops, a new one is created.
 * </ol>
 */
@ApplicationScoped
class EventTopic {

  private static final Logger LOG = Logger.getLogger(EventTopic.class);

  /** After the checks at startup, which end a start without a usable database. */
  private static final int AFTER_CHECKS = Interceptor.Priority.APPLICATION + 1000;

  /** How many records are processed at the same time. */
  private static final int CONCURRENT = 32;

  /** How many more may wait for their next attempt. They are in memory, with at most 16 KiB. */
  private static final int MOST_WAITING = 1000;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final SecurityEventSettings settings;
  private final Instance<KafkaConnector> connector;
  private final SecurityEvents events;
  private final ReceiveEvent receive;
  private final Vertx vertx;
  private final TopicMeters meters;
  private final List<FailureTranslator> translators;
  private final WaitingRecords waiting = new WaitingRecords(MOST_WAITING);
  private final RepeatedAttempts repeated =
      new RepeatedAttempts(FIRST_PAUSE, LONGEST_PAUSE, this::mayPass);
  private volatile boolean stopped;
  private @Nullable Cancellable subscription;

  /** The value of a record, and where it is in the topic. */
  private record TopicRecord(Message<?> message, String value, String position) {

    static TopicRecord of(Message<?> message) {
      IncomingKafkaRecord<?, ?> record = message.unwrap(IncomingKafkaRecord.class);
      return new TopicRecord(
          message,
          record.getPayload() instanceof byte[] bytes
              ? new String(bytes, StandardCharsets.UTF_8)
              : "",
          "kafka-%d-%d".formatted(record.getPartition(), record.getOffset()));
    }

    Uni<Void> acknowledge() {
      return Uni.createFrom().completionStage(message::ack);
    }

    @Override
    public String toString() {
      return position;
    }
  }

  EventTopic(
      TokenServiceSettings settings,
      @Connector(KafkaConnector.CONNECTOR_NAME) Instance<KafkaConnector> connector,
      SecurityEvents events,
      ReceiveEvent receive,
      Vertx vertx,
      @All List<FailureTranslator> translators,
      MeterRegistry registry) {
    this.settings = settings.securityEvents();
    this.connector = connector;
    this.events = events;
    this.receive = receive;
    this.vertx = vertx;
    this.translators = translators;
    this.meters = new TopicMeters(registry);
  }

  void start(@Observes @Priority(AFTER_CHECKS) StartupEvent event) {
    TopicConfiguration.of(settings).ifPresent(this::subscribe);
  }

  private void subscribe(TopicConfiguration topic) {
    meters.subscribed(false);
    subscription =
        Uni.createFrom()
            .voidItem()
            .emitOn(Infrastructure.getDefaultWorkerPool())
            .invoke(topic::requireKnownBroker)
            .onFailure()
            .invoke(unknown -> LOG.warnf("no broker is known: %s", unknown.getMessage()))
            .onItem()
            .transformToMulti(unused -> records(topic))
            .onCompletion()
            .failWith(() -> new IllegalStateException("the client has been closed"))
            .onFailure()
            .invoke(EventTopic::unsubscribed)
            .onFailure()
            .retry()
            .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
            .indefinitely()
            .onItem()
            .transformToUni(this::process)
            .merge(CONCURRENT)
            .subscribe()
            .with(
                unused -> {},
                failure -> LOG.error("the topic of security events is not read any more", failure));
  }

  /** Waits until the client exists, so not on an event loop. */
  private Multi<TopicRecord> records(TopicConfiguration topic) {
    leave();
    Publisher<? extends Message<?>> records = connector.get().getPublisher(topic.forConnector());
    return Multi.createFrom()
        .publisher(records)
        .map(TopicRecord::of)
        .onSubscription()
        .invoke(() -> meters.subscribed(true))
        .onTermination()
        .invoke(() -> meters.subscribed(false));
  }

  /** A former client would keep its partitions. */
  private void leave() {
    if (connector.get().getConsumerChannels().contains(TopicConfiguration.CHANNEL)) {
      connector
          .get()
          .getConsumers(TopicConfiguration.CHANNEL)
          .forEach(
              former ->
                  former
                      .runOnPollingThread(
                          client -> {
                            client.unsubscribe();
                            return true;
                          })
                      .subscribe()
                      .with(unused -> {}, closed -> {}));
    }
  }

  private static void unsubscribed(Throwable failure) {
    Throwable cause =
        Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
            .reduce(failure, (outer, inner) -> inner);
    LOG.warnf(
        "security events are not read, trying again: %s: %s",
        failure.getMessage(), cause.getMessage());
  }

  /**
   * Completes when a further record may be processed, and without a failure, which would end the
   * subscription.
   */
  private Uni<Void> process(TopicRecord record) {
    TopicMeters.Pending pending = meters.begun();
    return attempt(record)
        .chain(() -> done(record, pending))
        .onFailure()
        .recoverWithUni(() -> waiting.add(furtherAttempts(record, pending)));
  }

  private Uni<Void> furtherAttempts(TopicRecord record, TopicMeters.Pending pending) {
    return repeated
        .of(attempt(record), failure -> giveUp(record, failure))
        .chain(() -> done(record, pending));
  }

  private Uni<Void> attempt(TopicRecord record) {
    return Uni.createFrom()
        .deferred(
            () -> stopped ? Uni.createFrom().<Void>nothing() : onItsOwnContext(() -> apply(record)))
        .onFailure()
        .invoke(failure -> postpone(record, failure));
  }

  private Uni<Void> done(TopicRecord record, TopicMeters.Pending pending) {
    return record
        .acknowledge()
        .onFailure()
        .recoverWithItem(failure -> unacknowledged(record, failure))
        .onTermination()
        .invoke(() -> meters.ended(pending));
  }

  /** The database or the keys of a transmitter are unavailable. */
  private boolean mayPass(Throwable failure) {
    return failure instanceof RefusedException
        || SqlFailure.in(failure).isPresent()
        || translators.stream().anyMatch(each -> each.refusal(failure).isPresent());
  }

  private @Nullable Void giveUp(TopicRecord record, Throwable failure) {
    meters.failed();
    LOG.errorf("security event skipped: record=%s reason=%s", record, reason(failure));
    return null;
  }

  private Uni<Void> apply(TopicRecord record) {
    return events
        .verify(record.value())
        .chain(event -> receive.run(event, record.position()))
        .invoke(meters::accepted)
        .onFailure(EventTopic::isFinal)
        .recoverWithItem(failure -> skip(record, failure));
  }

  /** The text of the event decides, so that every further attempt would fail, too. */
  private static boolean isFinal(Throwable failure) {
    return (failure instanceof RefusedException refused
            && refused.refusal().type() instanceof EventProblem)
        || SqlFailure.in(failure).filter(SqlFailure::isOfTheValues).isPresent();
  }

  private @Nullable Void skip(TopicRecord record, Throwable failure) {
    meters.refused();
    LOG.warnf("security event skipped: record=%s reason=%s", record, reason(failure));
    return null;
  }

  private void postpone(TopicRecord record, Throwable failure) {
    meters.retried();
    LOG.warnf("security event waits: record=%s reason=%s", record, reason(failure));
  }

  private static @Nullable Void unacknowledged(TopicRecord record, Throwable failure) {
    LOG.warnf("security event not acknowledged: record=%s reason=%s", record, reason(failure));
    return null;
  }

  /** Never a message, which may repeat a value. */
  private static String reason(Throwable failure) {
    return failure instanceof RefusedException refused
        ? refused.refusal().type().typeName()
        : SqlFailure.in(failure)
            .map(SqlFailure::state)
            .orElseGet(() -> failure.getClass().getSimpleName());
  }

  /** A Vert.x context that belongs to one attempt, as to a request, owns its session. */
  private Uni<Void> onItsOwnContext(Supplier<Uni<? extends Void>> work) {
    Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
    VertxContextSafetyToggle.setContextSafe(context, true);
    return Uni.createFrom().deferred(work).runSubscriptionOn(MutinyHelper.executor(context));
  }

  @PreDestroy
  void stop() {
    stopped = true;
    Optional.ofNullable(subscription).ifPresent(Cancellable::cancel);
  }
}
