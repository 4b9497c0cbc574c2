/**
 * Client addresses behind trusted proxies, and rate limits in memory, per replica. Touches no
 * table, file or network.
 */
@NullMarked
package dev.osmo.http.limits;

import org.jspecify.annotations.NullMarked;
