/** Tokens sleep, wake, are revoked and are deleted. */
@NullMarked
package dev.osmo.token.pat.life;

import org.jspecify.annotations.NullMarked;
