/**
 * The saved logins: the credential file, its lock, the rules for files that are ours alone, and
 * where a token is kept. The only room that touches the osmo configuration directory or asks a
 * credential helper. A token leaves it only to the other session rooms.
 */
@NullMarked
package dev.osmo.cli.session.store;

import org.jspecify.annotations.NullMarked;
