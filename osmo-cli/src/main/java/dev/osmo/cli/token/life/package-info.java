/**
 * {@code osmo token show}, {@code rotate}, {@code suspend}, {@code resume}, {@code revoke}: a token
 * after its creation. Touches the server through the session, and the file that {@code rotate
 * --token-file} names.
 */
@NullMarked
package dev.osmo.cli.token.life;

import org.jspecify.annotations.NullMarked;
