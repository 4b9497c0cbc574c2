/** How much memory the services hold while they work steadily for a long time. */
@NullMarked
package dev.osmo.bench.memory;

import org.jspecify.annotations.NullMarked;
