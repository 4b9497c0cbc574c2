/**
 * {@code osmo admin …}: the audit log, the policy, the signing keys and the roles, for
 * administrators. Touches the server through the session only; the keys are public and need no JWT.
 */
@NullMarked
package dev.osmo.cli.admin;

import org.jspecify.annotations.NullMarked;
