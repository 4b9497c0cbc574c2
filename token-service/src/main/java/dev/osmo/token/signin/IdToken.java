package dev.osmo.token.signin;

import dev.osmo.http.issuer.IdentityProvider;
import dev.osmo.http.issuer.VerifiedToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An ID token that its provider signed, and that was issued for the client that received it. The
 * database's clock has not judged its times yet.
 */
record IdToken(IdentityProvider provider, VerifiedToken token) {

  /** Providers issue ID tokens for an hour, some for a day. */
  private static final Duration LONGEST = Duration.ofHours(24);

  /** An address that the provider has not verified is what the person typed. */
  private static final String EMAIL = "email";

  /**
   * The first rule of OpenID Connect Core 1.0, section 3.1.3.7, that the token violates beyond what
   * its verification checks; empty if it is acceptable. The text is for the log and has no value of
   * the token.
   */
  static Optional<String> flaw(
      VerifiedToken token, IdentityProvider provider, PresentedIdToken presented) {
    if (!provider.clients().ids().contains(presented.clientId())
        || !token.audience().equals(presented.clientId())) {
      return Optional.of("the audience is not the client");
    }
    if (token.has("azp") && !token.text("azp").equals(Optional.of(presented.clientId()))) {
      return Optional.of("the authorized party is not the client");
    }
    if (presented.nonce().isPresent() && !hasNonce(token, presented.nonce().get())) {
      return Optional.of("the nonce is not that of the request");
    }
    if (token.has("typ") && !token.text("typ").equals(Optional.of("ID"))) {
      return Optional.of("the claim typ is not that of an ID token"); // access tokens of Keycloak
    }
    if (token.has("events")) {
      return Optional.of("the token is a logout token or a security event");
    }
    return groupsAreReadable(token, provider)
        ? Optional.empty()
        : Optional.of("the claim of groups is not a list of texts");
  }

  private static boolean hasNonce(VerifiedToken token, String nonce) {
    return token
        .text("nonce")
        .filter(
            claimed ->
                MessageDigest.isEqual(
                    claimed.getBytes(StandardCharsets.UTF_8),
                    nonce.getBytes(StandardCharsets.UTF_8)))
        .isPresent();
  }

  private static boolean groupsAreReadable(VerifiedToken token, IdentityProvider provider) {
    try {
      token.texts(provider.claims().groups());
      return true;
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  boolean isValidAt(Instant now) {
    return token.isValidAt(now, LONGEST);
  }

  Instant issuedAt() {
    return token.issuedAt();
  }

  String issuer() {
    return token.issuer();
  }

  String subject() {
    return token.subject();
  }

  String clientId() {
    return token.audience();
  }

  /** The id of the user; empty if the claim is absent or not to be trusted. */
  Optional<String> userId() {
    String claim = provider.claims().user();
    return token
        .text(claim)
        .filter(
            id ->
                !claim.equals(EMAIL) || Boolean.TRUE.equals(token.claims().get("email_verified")));
  }

  Optional<String> name() {
    return token.text("name");
  }

  /** The groups of the user; empty if the provider says nothing about them. */
  Optional<List<String>> groups() {
    Optional<List<String>> stated = token.texts(provider.claims().groups());
    boolean none = provider.claims().absentGroupsAreNone() && !groupsAreElsewhere();
    return stated.isEmpty() && none ? Optional.of(List.of()) : stated;
  }

  /**
   * Whether the provider left out too many groups, and says so: by a distributed claim (OpenID
   * Connect Core 1.0, section 5.6.2), or by {@code hasgroups} of Entra ID. A statement that cannot
   * be read counts.
   */
  private boolean groupsAreElsewhere() {
    return token.has("hasgroups")
        || switch (token.claims().get("_claim_names")) {
          case null -> false;
          case Map<?, ?> names -> names.containsKey(provider.claims().groups());
          default -> true;
        };
  }
}
