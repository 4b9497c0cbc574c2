/**
 * Rotation: a token gets a new secret, and the old one a limited validity. Writes {@code
 * access_token_secret}; existing rows change only through functions of the database.
 */
@NullMarked
package dev.osmo.token.pat.rotate;

import org.jspecify.annotations.NullMarked;
