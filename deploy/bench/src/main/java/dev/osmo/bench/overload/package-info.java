/** How the exchange answers when more is asked of it than it can do. */
@NullMarked
package dev.osmo.bench.overload;

import org.jspecify.annotations.NullMarked;
