/** Whether this process can still serve its connections. Touches no table, file or network. */
@NullMarked
package dev.osmo.http.liveness;

import org.jspecify.annotations.NullMarked;
