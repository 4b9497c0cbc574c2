package dev.osmo.token.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.waiting.Patience;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I12")
class RepeatedAttemptsTest {

  private final Throwable unexpected = new IllegalStateException("unexpected");
  private final Throwable unavailable = new IllegalArgumentException("unavailable");

  private final RepeatedAttempts repeated =
      new RepeatedAttempts(Duration.ofMillis(1), Duration.ofMillis(2), unavailable::equals);

  private final List<Throwable> givenUp = new ArrayList<>();
  private int attempts;

  @Test
  void a_record_is_given_up_at_its_twelfth_failure() {
    process(attempt -> fails(unexpected));

    assertThat(attempts).isEqualTo(12);
    assertThat(givenUp).containsExactly(unexpected);
  }

  @Test
  void a_record_that_succeeds_at_its_twelfth_attempt_is_not_given_up() {
    process(attempt -> attempt < 12 ? fails(unexpected) : Uni.createFrom().voidItem());

    assertThat(attempts).isEqualTo(12);
    assertThat(givenUp).isEmpty();
  }

  @Test
  void while_something_is_unavailable_a_record_is_never_given_up() {
    process(attempt -> attempt < 100 ? fails(unavailable) : Uni.createFrom().voidItem());

    assertThat(attempts).isEqualTo(100);
    assertThat(givenUp).isEmpty();
  }

  @Test
  void an_outage_does_not_count_as_a_failure_of_the_record() {
    process(attempt -> fails(attempt % 2 == 0 ? unavailable : unexpected));

    assertThat(attempts).isEqualTo(12 + 11);
    assertThat(givenUp).containsExactly(unexpected);
  }

  private static Uni<Void> fails(Throwable failure) {
    return Uni.createFrom().failure(failure);
  }

  /** The first attempt fails in each of these tests. */
  private void process(IntFunction<Uni<Void>> outcome) {
    Uni<Void> attempt = Uni.createFrom().deferred(() -> outcome.apply(++attempts));
    attempt
        .onFailure()
        .recoverWithUni(() -> repeated.of(attempt, this::giveUp))
        .await()
        .atMost(Patience.LONG);
  }

  private Void giveUp(Throwable failure) {
    givenUp.add(failure);
    return null;
  }
}
