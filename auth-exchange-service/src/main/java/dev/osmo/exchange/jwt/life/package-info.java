/**
 * From pending over active and retiring to gone: which step of the keys' life is due, and the table
 * signing_key, in which one replica makes it. Opens no key.
 */
@NullMarked
package dev.osmo.exchange.jwt.life;

import org.jspecify.annotations.NullMarked;
