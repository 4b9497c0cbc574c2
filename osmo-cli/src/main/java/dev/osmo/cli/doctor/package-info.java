/**
 * {@code osmo doctor}: checks everything that a command needs, one check after another. Touches the
 * server, and the credential file through the session.
 */
@NullMarked
package dev.osmo.cli.doctor;

import org.jspecify.annotations.NullMarked;
