/**
 * Access tokens in JSON: written as plain text, and refused in every field that asks for something
 * else. Touches no table, file or network.
 */
@NullMarked
package dev.osmo.token.json;

import org.jspecify.annotations.NullMarked;
