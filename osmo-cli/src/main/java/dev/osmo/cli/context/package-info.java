/**
 * {@code osmo context …}: several servers and identities. Touches the credential file through the
 * session only.
 */
@NullMarked
package dev.osmo.cli.context;

import org.jspecify.annotations.NullMarked;
