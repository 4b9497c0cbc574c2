package dev.osmo.cli.session;

import java.time.Instant;

/**
 * A person signed in through an identity provider. None of it is secret.
 *
 * @param provider its name at the server
 * @param clientId the client for which the provider issued the tokens, and which refreshes them
 * @param at when, on this machine's clock
 */
public record ProviderSignIn(String provider, String clientId, Instant at) {}
