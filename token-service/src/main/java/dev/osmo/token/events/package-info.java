/**
 * Security events of identity providers: verifies a pushed event (RFC 8935), and ends sessions or
 * requires a sign-in. It only ever takes access away. Reads {@code user_identity}, and calls {@code
 * record_security_event} and {@code require_sign_in}.
 */
@NullMarked
package dev.osmo.token.events;

import org.jspecify.annotations.NullMarked;
