/** What a client asks before it logs in another way than with a token. Touches nothing. */
@NullMarked
package dev.osmo.exchange.login;

import org.jspecify.annotations.NullMarked;
