/**
 * {@code osmo admin …}: the audit trail, the policy and the signing keys, for administrators.
 * Touches the server through the session only; the keys are public and need no login.
 */
@NullMarked
package dev.osmo.cli.admin;

import org.jspecify.annotations.NullMarked;
