package dev.osmo.bench.replicas;

import dev.osmo.bench.rounds.Round;

/**
 * One round with several replicas.
 *
 * @param replicas how many
 * @param round through the front: its server is the front
 * @param used the part of their budgets that the replicas used, 0 to 1; much below 1, something
 *     else limited the rate
 */
public record ReplicaRound(int replicas, Round round, double used) {

  double perSecond() {
    return round.load().perSecond();
  }
}
