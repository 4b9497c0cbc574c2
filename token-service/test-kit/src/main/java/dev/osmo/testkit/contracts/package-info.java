/** The shared data in {@code src-docs/contracts}, and well-formed token texts made from it. */
@NullMarked
package dev.osmo.testkit.contracts;

import org.jspecify.annotations.NullMarked;
