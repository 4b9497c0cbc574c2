/**
 * What taking a role away will do, before it is done: which tokens shrink and which end up with
 * nothing. Touches the server through the session only.
 */
@NullMarked
package dev.osmo.cli.removal;

import org.jspecify.annotations.NullMarked;
