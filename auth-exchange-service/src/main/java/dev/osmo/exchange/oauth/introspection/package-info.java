/**
 * What a token is worth now (RFC 7662), and who may know. Reads through room pat; touches no table
 * by itself.
 */
@NullMarked
package dev.osmo.exchange.oauth.introspection;

import org.jspecify.annotations.NullMarked;
