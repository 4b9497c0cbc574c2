/**
 * Creation of access tokens with their role snapshot. Writes {@code access_token}, {@code
 * access_token_secret} and {@code access_token_role} in one transaction.
 */
@NullMarked
package dev.osmo.token.pat.create;

import org.jspecify.annotations.NullMarked;
