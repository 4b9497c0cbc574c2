/**
 * {@code osmo token revoke --leaked}: tokens that lie open are gathered from a text and reported.
 * Needs no login; reads what it is pointed at, and tells only the server what it found.
 */
@NullMarked
package dev.osmo.cli.token.leak;

import org.jspecify.annotations.NullMarked;
