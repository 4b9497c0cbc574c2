/** The shared data in {@code src-docs/contracts}, and well-formed token texts derived from it. */
@NullMarked
package dev.osmo.testkit.contracts;

import org.jspecify.annotations.NullMarked;
