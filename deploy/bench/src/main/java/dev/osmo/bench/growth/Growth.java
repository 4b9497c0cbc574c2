package dev.osmo.bench.growth;

import dev.osmo.bench.report.Measurement;
import dev.osmo.bench.report.Progress;
import dev.osmo.bench.report.Section;
import dev.osmo.bench.rounds.Round;
import dev.osmo.bench.rounds.Rounds;
import dev.osmo.bench.rounds.Subject;
import dev.osmo.bench.system.Server;
import dev.osmo.bench.system.TestBed;
import dev.osmo.bench.system.Workloads;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Inserts tokens, measures the exchange, inserts more: one process of the exchange sees all sizes.
 *
 * <p>Malformed tokens are refused without the database. They show whether the machine itself was as
 * fast at each size, because the sizes cannot take turns.
 *
 * @param sizes how many tokens for exchanges, ascending
 * @param count rounds at each size
 * @param warmUp seconds before the first size, and at most so many for each work of each size
 */
public record Growth(
    TestBed bed, Server exchange, Rounds rounds, List<Integer> sizes, int count, int warmUp)
    implements Measurement {

  /** Different tokens that are exchanged. At a smaller size, all tokens are. */
  public static final int EXCHANGED = 2000;

  private static final int CONNECTIONS = 32;

  public Growth {
    sizes = sizes.stream().sorted().toList();
  }

  @Override
  public Section measure() throws IOException, InterruptedException, SQLException {
    List<GrowthStep> steps = new ArrayList<>();
    for (int size : sizes) {
      bed.growTo(size, EXCHANGED, exchange);
      if (steps.isEmpty()) {
        compile();
      }
      steps.add(step());
    }
    return new GrowthTable(steps);
  }

  /** The whole time, so that later sizes do not seem cheap because of the compiler. */
  private void compile() {
    Progress.say("warming up the exchange for %d seconds".formatted(warmUp));
    rounds.wrk().run(bed.workloads().warm(), exchange.port(), CONNECTIONS, warmUp);
  }

  private GrowthStep step() throws SQLException {
    long tokens = bed.countTokens();
    Workloads workloads = bed.workloads();
    Subject warm = new Subject(exchange, workloads.warm());
    List<Subject> subjects =
        List.of(
            warm,
            new Subject(exchange, workloads.unknown()),
            new Subject(exchange, workloads.malformed()));
    subjects.reversed().forEach(subject -> rounds.warmUp(subject, warmUp));
    PageReads pages = pages(warm);
    List<Round> measured = new ArrayList<>();
    for (int round = 1; round <= count; round++) {
      Progress.say("%,d tokens, round %d of %d".formatted(tokens, round, count));
      for (Subject subject : subjects) {
        measured.add(rounds.measure(subject, CONNECTIONS));
      }
    }
    try (Connection database = bed.connect()) {
      return new GrowthStep(
          tokens, workloads.tokens().size(), measured, pages, TableSize.all(database));
    }
  }

  /** The exchange was busy with the same work before, so older counts are of that work, too. */
  private PageReads pages(Subject warm) throws SQLException {
    try (Connection database = bed.connect()) {
      PageReads before = PageReads.count(database);
      rounds.measureOnce(warm, CONNECTIONS);
      return PageReads.count(database).since(before);
    }
  }
}
