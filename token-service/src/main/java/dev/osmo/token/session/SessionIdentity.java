package dev.osmo.token.session;

import java.util.Optional;

/**
 * Who signed in, and how.
 *
 * @param provider the operator's name for the identity provider
 * @param clientId the client of the provider that the user signed in with
 * @param name of the user for people
 */
public record SessionIdentity(
    String userId,
    String provider,
    String issuer,
    String subject,
    String clientId,
    Optional<String> name) {}
