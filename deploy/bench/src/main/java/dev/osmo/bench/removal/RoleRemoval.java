package dev.osmo.bench.removal;

/**
 * One measured removal of a role from one user.
 *
 * @param tokens how many tokens of the user carried the role
 * @param answerMillis until the administrator had the response
 * @param prunedMillis from the commit until the last token was pruned
 * @param quietP99 of the exchange before the removal, in microseconds
 * @param p99 of the exchange meanwhile, in microseconds
 */
public record RoleRemoval(
    int tokens, double answerMillis, double prunedMillis, long quietP99, long p99) {}
