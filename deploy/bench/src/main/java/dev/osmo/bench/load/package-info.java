/** The load generator, a process of its own. */
@NullMarked
package dev.osmo.bench.load;

import org.jspecify.annotations.NullMarked;
