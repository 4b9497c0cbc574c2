package dev.osmo.devprovider;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Authorization codes. The second use of a code revokes the tokens of the first. */
final class Codes {
  private final OneTime<AuthorizationCode, Issued> issued;
  private final Map<AuthorizationCode, Family> redeemed = new ConcurrentHashMap<>();

  Codes(Duration life) {
    this.issued = new OneTime<>(life);
  }

  AuthorizationCode issue(SignIn signIn, URI redirect, CodeChallenge challenge, Instant now) {
    AuthorizationCode code = new AuthorizationCode();
    issued.put(code, new Issued(signIn, redirect, challenge), now);
    return code;
  }

  /** Empty unless client, redirect address and verifier are those of the authorization request. */
  Optional<SignIn> redeem(AuthorizationCodeGrant grant, @Nullable ClientID client, Instant now) {
    AuthorizationCode code = grant.getAuthorizationCode();
    Family earlier = redeemed.get(code);
    if (earlier != null) {
      earlier.revoke();
      return Optional.empty();
    }
    Optional<Issued> found = issued.take(code, now);
    found.ifPresent(each -> redeemed.put(code, each.signIn.family()));
    return found.filter(each -> each.matches(grant, client)).map(Issued::signIn);
  }

  /** Whether the verifier is the one of a challenge with the method S256. */
  static boolean verifies(CodeChallenge challenge, @Nullable CodeVerifier verifier) {
    return verifier != null
        && CodeChallenge.compute(CodeChallengeMethod.S256, verifier).equals(challenge);
  }

  private record Issued(SignIn signIn, URI redirect, CodeChallenge challenge) {

    boolean matches(AuthorizationCodeGrant grant, @Nullable ClientID client) {
      return signIn.client().equals(client)
          && redirect.equals(grant.getRedirectionURI())
          && verifies(challenge, grant.getCodeVerifier());
    }
  }
}
