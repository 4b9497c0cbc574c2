/**
 * What an operator watches: how many tokens there are and end soon, what was made, what was refused
 * and why. Counts rows of tokens and reads nothing of them; never names a user or a token.
 */
@NullMarked
package dev.osmo.token.metrics;

import org.jspecify.annotations.NullMarked;
