package dev.osmo.bench.growth;

import dev.osmo.bench.rounds.Round;
import java.util.List;

/**
 * What was measured at one size of the database.
 *
 * @param tokens in the database
 * @param exchanged how many different ones were exchanged
 * @param pages that PostgreSQL looked at for an exchange
 * @param tables the largest first
 */
public record GrowthStep(
    long tokens, int exchanged, List<Round> rounds, PageReads pages, List<TableSize> tables) {

  public GrowthStep {
    rounds = List.copyOf(rounds);
    tables = List.copyOf(tables);
  }
}
