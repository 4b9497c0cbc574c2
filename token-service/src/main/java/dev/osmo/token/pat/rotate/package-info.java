/**
 * Rotation: creates a new secret and limits the validity of the old one. Writes {@code
 * access_token_secret}; existing rows change only through functions of the database.
 */
@NullMarked
package dev.osmo.token.pat.rotate;

import org.jspecify.annotations.NullMarked;
