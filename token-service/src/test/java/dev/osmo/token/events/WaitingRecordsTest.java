package dev.osmo.token.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I10")
class WaitingRecordsTest {

  private static final int PLACES = 1000;

  private final WaitingRecords waiting = new WaitingRecords(PLACES);
  private final List<CompletableFuture<Void>> records = new ArrayList<>();

  @Test
  void a_thousand_records_hold_up_no_other_one() {
    assertThat(IntStream.range(0, PLACES).allMatch(each -> mayReadOn(add()))).isTrue();
  }

  @Test
  void a_record_without_a_place_holds_up_the_next_one() {
    fill();

    assertThat(mayReadOn(add())).isFalse();
  }

  @Test
  void it_does_so_until_it_is_done() {
    fill();
    CompletableFuture<Void> further = add();

    records.getLast().complete(null);

    assertThat(mayReadOn(further)).isTrue();
  }

  /** Otherwise, the events of one transmitter could stop all others, with places to wait. */
  @Test
  void it_gets_the_place_of_any_record_that_is_done() {
    fill();
    CompletableFuture<Void> first = add();
    CompletableFuture<Void> second = add();

    records.getFirst().complete(null);
    assertThat(List.of(mayReadOn(first), mayReadOn(second))).containsExactly(true, false);

    records.get(1).complete(null);
    assertThat(mayReadOn(second)).isTrue();
  }

  @Test
  void each_record_that_is_done_leaves_a_place() {
    fill();
    records.forEach(record -> record.complete(null));
    records.clear();

    assertThat(IntStream.range(0, PLACES).allMatch(each -> mayReadOn(add()))).isTrue();
    assertThat(mayReadOn(add())).isFalse();
  }

  @Test
  void a_record_that_is_lost_leaves_its_place_too() {
    fill();
    CompletableFuture<Void> further = add();

    records.getFirst().completeExceptionally(new IllegalStateException());

    assertThat(mayReadOn(further)).isTrue();
  }

  private void fill() {
    List<CompletableFuture<Void>> next = new ArrayList<>();
    IntStream.range(0, PLACES).forEach(each -> next.add(add()));
  }

  private CompletableFuture<Void> add() {
    CompletableFuture<Void> record = new CompletableFuture<>();
    records.add(record);
    return waiting.add(Uni.createFrom().completionStage(record)).subscribeAsCompletionStage();
  }

  private static boolean mayReadOn(CompletableFuture<Void> next) {
    return next.isDone();
  }
}
