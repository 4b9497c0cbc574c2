/**
 * {@code osmo doctor}: looks at everything a working command needs, one check after the other.
 * Touches the credential file and the server through the session room.
 */
@NullMarked
package dev.osmo.cli.doctor;

import org.jspecify.annotations.NullMarked;
