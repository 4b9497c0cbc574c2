/**
 * Who a request comes from and how much it may ask for: the client's address behind trusted
 * proxies, and quotas in memory, per replica. Touches no table, file or network.
 */
@NullMarked
package dev.osmo.http.limits;

import org.jspecify.annotations.NullMarked;
