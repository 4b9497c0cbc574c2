/**
 * Secrets in the keeping of another program, such as one for the desktop's keyring. Starts that
 * program and touches nothing else.
 */
@NullMarked
package dev.osmo.cli.keyring;

import org.jspecify.annotations.NullMarked;
