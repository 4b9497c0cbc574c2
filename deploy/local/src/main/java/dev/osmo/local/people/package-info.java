/**
 * What this room does: sees to it that an administrator and a demo user can log in. Writes their
 * tokens to 0600 files in the data folder; reads the administrator's expiry from the database as
 * its owner, and does everything else as the administrator through the public HTTP API, like
 * anybody would. What an administrator has taken away stays away.
 */
@NullMarked
package dev.osmo.local.people;

import org.jspecify.annotations.NullMarked;
