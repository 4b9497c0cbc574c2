/**
 * Creates the accounts of the local stack: an administrator and a demo user. Writes their access
 * tokens to files that only the owner can read. Reads the expiry of the administrator's token from
 * the database as its owner; everything else goes through the public HTTP API as the administrator.
 * A user, role or token that an administrator removed is not created again.
 */
@NullMarked
package dev.osmo.local.accounts;

import org.jspecify.annotations.NullMarked;
