/**
 * {@code osmo doctor}: looks at everything a working command needs, one check after the other.
 * Touches the server, and the credential file through the session room.
 */
@NullMarked
package dev.osmo.cli.doctor;

import org.jspecify.annotations.NullMarked;
