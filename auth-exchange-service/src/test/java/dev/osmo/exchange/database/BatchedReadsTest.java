package dev.osmo.exchange.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The statements are completed by the test, so it decides what is under way. */
class BatchedReadsTest {

  private static final int BATCH = 4;
  private static final int MOST = 6;
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final Context loop = vertx.getOrCreateContext();
  private final BlockingQueue<Statement> statements = new LinkedBlockingQueue<>();
  private final BatchedReads<Integer, String> reads =
      new BatchedReads<>(vertx, BATCH, MOST, DEADLINE, this::begin);

  private record Statement(
      List<Integer> keys, Duration within, UniEmitter<? super List<String>> result) {

    void complete() {
      result.complete(keys.stream().map(key -> "value " + key).toList());
    }
  }

  private Uni<List<String>> begin(List<Integer> keys, Duration within) {
    return Uni.createFrom().emitter(result -> statements.add(new Statement(keys, within, result)));
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void a_request_is_read_at_once_if_no_statement_is_under_way() throws InterruptedException {
    CompletableFuture<String> alone = read(1);

    Statement statement = next();
    assertThat(statement.keys()).containsExactly(1);
    assertThat(statement.within()).isPositive().isLessThanOrEqualTo(DEADLINE);
    statement.complete();

    assertThat(alone.join()).isEqualTo("value 1");
  }

  /** Timers cannot be shorter. A statement without one would keep its loop for ever. */
  @Test
  @Tag("I9")
  void a_statement_has_at_least_a_millisecond() {
    assertThat(BatchedReads.remaining(Duration.ofMillis(3), 1_000_000))
        .isEqualTo(Duration.ofMillis(2));
    assertThat(BatchedReads.remaining(Duration.ofMillis(3), 2_500_000))
        .isEqualTo(Duration.ofMillis(1));
    assertThat(BatchedReads.remaining(Duration.ofMillis(3), 9_000_000))
        .isEqualTo(Duration.ofMillis(1));
  }

  @Test
  @Tag("I2")
  void requests_that_arrive_during_a_statement_are_read_together_by_a_later_one()
      throws InterruptedException {
    CompletableFuture<String> first = read(1);
    Statement underWay = next();
    List<CompletableFuture<String>> later = List.of(read(2), read(3), read(4));
    onLoop();
    assertThat(statements).isEmpty();

    underWay.complete();
    assertThat(first.join()).isEqualTo("value 1");
    assertThat(later).noneMatch(CompletableFuture::isDone);
    Statement second = next();
    assertThat(second.keys()).containsExactly(2, 3, 4);
    second.complete();

    assertThat(later.stream().map(CompletableFuture::join))
        .containsExactly("value 2", "value 3", "value 4");
  }

  @Test
  void a_statement_reads_for_a_limited_number_of_requests() throws InterruptedException {
    CompletableFuture<String> unused = read(0);
    Statement underWay = next();
    List<CompletableFuture<String>> later = new ArrayList<>();
    for (int key = 1; key <= BATCH + 1; key++) {
      later.add(read(key));
    }
    onLoop();
    underWay.complete();

    Statement second = next();
    assertThat(second.keys()).containsExactly(1, 2, 3, 4);
    second.complete();
    Statement third = next();
    assertThat(third.keys()).containsExactly(5);
    third.complete();

    assertThat(later.stream().map(CompletableFuture::join)).hasSize(BATCH + 1);
  }

  @Test
  @Tag("I10")
  void more_requests_than_may_wait_fail_at_once() throws InterruptedException {
    CompletableFuture<String> unused = read(0);
    Statement underWay = next();
    List<CompletableFuture<String>> later = new ArrayList<>();
    for (int key = 1; key <= MOST; key++) {
      later.add(read(key));
    }

    assertThatThrownBy(read(MOST + 1)::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(TooManyReads.class);

    underWay.complete();
    next().complete();
    next().complete();
    assertThat(later.stream().map(CompletableFuture::join)).hasSize(MOST);
    CompletableFuture<String> accepted = read(9);
    next().complete();
    assertThat(accepted.join()).isEqualTo("value 9");
  }

  @Test
  @Tag("I9")
  void a_failed_statement_fails_the_requests_in_it_only() throws InterruptedException {
    CompletableFuture<String> first = read(1);
    Statement underWay = next();
    CompletableFuture<String> second = read(2);
    onLoop();

    underWay.result().fail(new IllegalStateException("broken"));
    next().complete();

    assertThatThrownBy(first::join).hasRootCauseMessage("broken");
    assertThat(second.join()).isEqualTo("value 2");
  }

  /** Another request's context would have its log fields and its limits. */
  @Test
  void each_result_arrives_on_the_context_of_its_request() throws InterruptedException {
    Context one = VertxContext.createNewDuplicatedContext(loop);
    Context other = VertxContext.createNewDuplicatedContext(loop);
    CompletableFuture<String> unused = read(0);
    Statement underWay = next();
    CompletableFuture<Context> first = contextOfResult(one);
    CompletableFuture<Context> second = contextOfResult(other);
    onLoop();
    underWay.complete();
    Statement together = next();
    assertThat(together.keys()).hasSize(2);
    together.complete();

    assertThat(first.join()).isSameAs(one);
    assertThat(second.join()).isSameAs(other);
  }

  private CompletableFuture<Context> contextOfResult(Context request) {
    CompletableFuture<Context> arrived = new CompletableFuture<>();
    request.runOnContext(
        unused ->
            reads.read(1).subscribe().with(value -> arrived.complete(Vertx.currentContext())));
    return arrived;
  }

  /** Sends a request from the event loop and waits until it was sent. */
  private CompletableFuture<String> read(int key) {
    CompletableFuture<CompletableFuture<String>> sent = new CompletableFuture<>();
    loop.runOnContext(unused -> sent.complete(reads.read(key).subscribeAsCompletionStage()));
    return sent.join();
  }

  /** Waits until the loop has run everything that was given to it before. */
  private void onLoop() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.runOnContext(unused -> done.complete(null));
    done.join();
  }

  private Statement next() throws InterruptedException {
    Statement statement = statements.poll(1, TimeUnit.MINUTES);
    assertThat(statement).isNotNull();
    return statement;
  }
}
