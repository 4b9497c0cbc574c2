/**
 * Sign-in through an identity provider: verifies the provider's ID token, finds or creates the user
 * and starts or renews a session. Only the exchange calls it, and the ID token is the credential.
 * Writes {@code user_identity}, and through other packages users, roles and sessions.
 */
@NullMarked
package dev.osmo.token.signin;

import org.jspecify.annotations.NullMarked;
