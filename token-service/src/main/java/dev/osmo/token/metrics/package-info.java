/**
 * Metrics for operators: tokens by state and by expiry, created secrets, refused requests by
 * reason. Counts token rows; no metric names a user or a token.
 */
@NullMarked
package dev.osmo.token.metrics;

import org.jspecify.annotations.NullMarked;
