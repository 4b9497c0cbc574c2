/**
 * From the text that a stranger presents to the token it belongs to: shape and checksum, keyed
 * look-up, the one lookup statement, and the Argon2 verification that each secret passes once per
 * process. Reads access_token_secret, access_token, users, role_assignment and access_token_role,
 * and the pepper file.
 */
@NullMarked
package dev.osmo.exchange.pat;

import org.jspecify.annotations.NullMarked;
