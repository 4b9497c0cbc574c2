/**
 * Validates a presented access token: look-up, limits, verification of the secret, and the policy
 * that decides. Reads through room {@code pat}; issues nothing.
 */
@NullMarked
package dev.osmo.exchange.validation;

import org.jspecify.annotations.NullMarked;
