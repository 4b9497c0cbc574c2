package dev.osmo.token.pat.create;

/**
 * How many tokens a user has.
 *
 * @param live those that are neither expired nor revoked, or, if they cannot reach their limit, all
 * @param stored all, until they are deleted or purged
 */
record TokenCounts(long live, long stored) {}
