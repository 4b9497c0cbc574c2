/**
 * JSON handling of access tokens: written as plain text, and rejected in every other field. Touches
 * no table, file or network.
 */
@NullMarked
package dev.osmo.token.json;

import org.jspecify.annotations.NullMarked;
