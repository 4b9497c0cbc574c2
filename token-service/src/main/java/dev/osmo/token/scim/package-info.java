/**
 * SCIM 2.0 (RFC 7643, RFC 7644), as far as a directory needs it to disable the users who leave: it
 * finds a user and sets {@code active}. It creates nobody, and no other attribute is stored. Reads
 * {@code users} and {@code user_identity}; the package {@code users} changes them.
 */
@NullMarked
package dev.osmo.token.scim;

import org.jspecify.annotations.NullMarked;
