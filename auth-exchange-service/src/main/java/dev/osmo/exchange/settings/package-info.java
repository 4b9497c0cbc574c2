/**
 * What an operator can set, and the one way to refuse to start. Touches nothing; everybody may read
 * it.
 */
@NullMarked
package dev.osmo.exchange.settings;

import org.jspecify.annotations.NullMarked;
