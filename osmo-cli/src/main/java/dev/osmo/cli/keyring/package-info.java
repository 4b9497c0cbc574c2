/**
 * Secrets that a credential helper stores, for example in the desktop's keyring. Starts the helper
 * and touches nothing else.
 */
@NullMarked
package dev.osmo.cli.keyring;

import org.jspecify.annotations.NullMarked;
