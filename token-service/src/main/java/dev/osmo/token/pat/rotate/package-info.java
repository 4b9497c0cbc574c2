/**
 * A token gets a new secret, and the old one an end. Writes {@code access_token_secret}; ends come
 * through functions of the database.
 */
@NullMarked
package dev.osmo.token.pat.rotate;

import org.jspecify.annotations.NullMarked;
