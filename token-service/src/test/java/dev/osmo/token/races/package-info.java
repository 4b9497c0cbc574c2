/**
 * Concurrent steps on one user, random ones and one fixed interleaving, and the invariants that
 * must hold afterwards. Uses HTTP and SQL only.
 *
 * <p>{@code -Dinterleavings=10000} sets their number. {@code -Dinterleavings.seed=…} repeats a run
 * that failed.
 */
@NullMarked
package dev.osmo.token.races;

import org.jspecify.annotations.NullMarked;
