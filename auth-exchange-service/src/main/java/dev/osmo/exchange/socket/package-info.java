/**
 * How long a client may take to say what it wants. Sees bytes come and go and reads none of them;
 * touches no table, file or other network.
 */
@NullMarked
package dev.osmo.exchange.socket;

import org.jspecify.annotations.NullMarked;
