package dev.osmo.token.races;

import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/** Three concurrent sequences of random steps on one user. The seed determines them. */
record Interleaving(long seed, List<List<Step>> lanes) {

  static final List<String> ROLES = List.of("race-a", "race-b", "race-c");
  private static final int LANES = 3;
  private static final int LONGEST = 4;

  static Interleaving of(long seed) {
    Random random = new Random(seed);
    return new Interleaving(
        seed, IntStream.range(0, LANES).mapToObj(lane -> lane(random)).toList());
  }

  private static List<Step> lane(Random random) {
    return IntStream.rangeClosed(0, random.nextInt(LONGEST))
        .mapToObj(step -> Step.random(random, ROLES))
        .toList();
  }

  /** The violations after all steps; empty if there are none. */
  List<String> play(Person administrator, Executor executor) {
    Person user = People.with(ROLES.toArray(String[]::new));
    Player player = new Player(user, administrator);
    List<CompletableFuture<List<Done>>> running =
        lanes.stream()
            .map(lane -> CompletableFuture.supplyAsync(() -> play(player, lane), executor))
            .toList();
    List<Done> history =
        running.stream().map(CompletableFuture::join).flatMap(List::stream).toList();
    List<String> wrong = new Invariants(history, Outcome.ofUser(user.id())).violations();
    wrong.addAll(Outcome.broken(user.id()));
    return wrong;
  }

  private static List<Done> play(Player player, List<Step> lane) {
    List<Done> done = new ArrayList<>();
    lane.forEach(step -> done.add(player.play(step)));
    return done;
  }
}
