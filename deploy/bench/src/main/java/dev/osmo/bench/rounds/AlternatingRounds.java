package dev.osmo.bench.rounds;

import dev.osmo.bench.report.Measurement;
import dev.osmo.bench.report.Progress;
import java.util.ArrayList;
import java.util.List;

/**
 * All servers in turn, round after round.
 *
 * @param count how many rounds
 * @param connections of the load generator, one after the other in each round
 * @param warmUp seconds of load on each kind of work before the first round, unless its rate is
 *     stable sooner
 */
public record AlternatingRounds(Rounds rounds, int count, List<Integer> connections, int warmUp)
    implements Measurement {

  public AlternatingRounds {
    connections = List.copyOf(connections);
  }

  @Override
  public RoundTable measure() {
    List<Subject> subjects = rounds.servers().subjects();
    if (subjects.isEmpty()) {
      return new RoundTable(List.of());
    }
    subjects.forEach(subject -> rounds.warmUp(subject, warmUp));
    List<Round> measured = new ArrayList<>();
    for (int round = 1; round <= count; round++) {
      for (int connection : connections) {
        Progress.say("round %d of %d, %d connections".formatted(round, count, connection));
        for (Subject subject : subjects) {
          measured.add(rounds.measure(subject, connection));
        }
      }
    }
    return new RoundTable(measured);
  }
}
