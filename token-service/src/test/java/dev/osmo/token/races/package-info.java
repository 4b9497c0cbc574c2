/**
 * Things at once to one user, random ones and one race step by step, and what must hold afterwards.
 * Speaks HTTP and SQL only.
 *
 * <p>{@code -Dinterleavings=10000} sets how many, {@code -Dinterleavings.seed=…} repeats a run that
 * failed.
 */
@NullMarked
package dev.osmo.token.races;

import org.jspecify.annotations.NullMarked;
