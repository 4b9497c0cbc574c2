package dev.osmo.token.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("I4")
@Tag("I5")
@Tag("I6")
class InterleavingsTest {

  private static final int MANY = Integer.getInteger("interleavings", 250);
  private static final long SEED = Long.getLong("interleavings.seed", 20_261_124L);
  private static final int AT_ONCE = 4;
  private static final Step A_CREATION = new Step(Step.Kind.CREATE_BY_USER, "t0", Set.of("race-a"));
  private static final Step A_REMOVAL = new Step(Step.Kind.REMOVE, "", Set.of("race-a"));
  private static final Step A_GRANT = new Step(Step.Kind.GRANT, "", Set.of("race-a"));

  @Test
  void under_any_interleaving_tokens_only_lose_roles_and_carry_only_roles_of_their_owner() {
    Person administrator = People.administrator();
    try (ExecutorService runs = Executors.newFixedThreadPool(AT_ONCE);
        ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<List<String>>> all =
          LongStream.range(SEED, SEED + MANY)
              .mapToObj(Interleaving::of)
              .map(
                  one -> CompletableFuture.supplyAsync(() -> play(one, administrator, lanes), runs))
              .toList();
      assertThat(all.stream().map(CompletableFuture::join).flatMap(List::stream)).isEmpty();
    }
    every_removal_is_pruned_in_the_end();
  }

  /** Tests of the checker itself, with invalid histories. */
  @Test
  void a_history_that_violates_an_invariant_is_detected() {
    Done creation = new Done(A_CREATION, "c", 10, 20, 200);
    Done earlier = new Done(A_REMOVAL, "r", 1, 5, 200);
    Done later = new Done(A_REMOVAL, "r", 30, 40, 200);
    Set<String> a = Set.of("race-a");

    assertThat(wrong(List.of(creation), new Outcome("c", Set.of(), a, a))).hasSize(1);
    assertThat(wrong(List.of(creation, later), new Outcome("c", a, a, a))).hasSize(1);
    assertThat(wrong(List.of(creation, earlier), new Outcome("c", a, a, a))).hasSize(2);
    assertThat(
            wrong(
                List.of(creation, earlier, new Done(A_GRANT, "g", 6, 7, 200)),
                new Outcome("c", a, a, a)))
        .hasSize(1);
    assertThat(wrong(List.of(new Done(A_CREATION, "c", 10, 20, 503)), new Outcome("x", a, a, a)))
        .hasSize(1);
    assertThat(wrong(List.of(creation, later), new Outcome("c", a, a, Set.of()))).isEmpty();
  }

  private static List<String> wrong(List<Done> history, Outcome token) {
    return new Invariants(history, List.of(token)).violations();
  }

  private static List<String> play(Interleaving one, Person administrator, ExecutorService lanes) {
    return one.play(administrator, lanes).stream()
        .map(sentence -> sentence + " with -Dinterleavings=1 -Dinterleavings.seed=" + one.seed())
        .toList();
  }

  private static void every_removal_is_pruned_in_the_end() {
    while (!People.query("SELECT 1 FROM role_removal WHERE pruned_at IS NULL LIMIT 1").isEmpty()) {
      Player.prune();
    }
    assertThat(
            People.query(
                "SELECT token_id FROM access_token_role s WHERE NOT EXISTS (SELECT FROM role_assignment a WHERE a.id = s.assignment_id)"))
        .isEmpty();
  }
}
