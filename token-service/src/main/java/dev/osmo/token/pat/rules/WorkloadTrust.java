package dev.osmo.token.pat.rules;

/**
 * Which workload may use an access token: the one with exactly this issuer, audience and subject in
 * its OpenID Connect token.
 */
public record WorkloadTrust(String issuer, String audience, String subject) {}
