/** What must hold before the first request, in order, and whether this replica is ready now. */
@NullMarked
package dev.osmo.exchange.start;

import org.jspecify.annotations.NullMarked;
