/**
 * Security events of identity providers: verifies an event that is pushed (RFC 8935) or read from a
 * Kafka topic, and ends sessions or requires a sign-in. It only ever takes access away. Reads
 * {@code user_identity}, calls {@code record_security_event} and {@code require_sign_in}, and
 * connects to the brokers.
 */
@NullMarked
package dev.osmo.token.events;

import org.jspecify.annotations.NullMarked;
