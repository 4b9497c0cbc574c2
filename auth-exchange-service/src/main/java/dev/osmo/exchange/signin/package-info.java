/**
 * Sign-in of people: asks an identity provider, has token-service verify the provider's ID token
 * and keep a session, and issues JWTs for sessions. Seals refresh tokens. Writes no table.
 */
@NullMarked
package dev.osmo.exchange.signin;

import org.jspecify.annotations.NullMarked;
