package dev.osmo.token.caller;

import dev.osmo.http.problem.ProblemMapper;
import dev.osmo.http.request.RequestId;
import dev.osmo.http.web.BearerCredential;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/**
 * Authenticates {@code Authorization: Bearer} and reads the caller's current permissions. Without
 * the header the request is anonymous, and the route decides.
 */
@ApplicationScoped
class BearerMechanism implements HttpAuthenticationMechanism {

  private final JwtVerifier verifier;
  private final CurrentPermissions permissions;
  private final CallerLimits limits;
  private final LegacyHeader legacyHeader;
  private final ExpiryWarning warning;

  BearerMechanism(
      JwtVerifier verifier,
      CurrentPermissions permissions,
      CallerLimits limits,
      LegacyHeader legacyHeader,
      TokenServiceSettings settings) {
    this.verifier = verifier;
    this.permissions = permissions;
    this.limits = limits;
    this.legacyHeader = legacyHeader;
    this.warning = ExpiryWarning.of(settings.signIn());
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext request, IdentityProviderManager unused) {
    MultiMap headers = request.request().headers();
    if (headers.contains(HttpHeaders.AUTHORIZATION)) {
      return authenticate(BearerCredential.of(headers.getAll(HttpHeaders.AUTHORIZATION)), request);
    }
    if (legacyHeader.isUsed(headers)) {
      return authenticate(legacyHeader.credential(request.request()), request);
    }
    return Uni.createFrom().nullItem();
  }

  private Uni<SecurityIdentity> authenticate(
      Optional<BearerCredential> credential, RoutingContext request) {
    return credential
        .map(bearer -> authenticate(bearer, request))
        .orElseGet(AccessRefusals.INVALID::toFailure)
        .invoke(caller -> warn(caller, request))
        .map(BearerMechanism::identity);
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext request) {
    return Uni.createFrom()
        .item(new ChallengeData(401, "WWW-Authenticate", ProblemMapper.CHALLENGE));
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of();
  }

  private Uni<CallerIdentity> authenticate(BearerCredential bearer, RoutingContext request) {
    if (bearer.isAccessToken()) {
      return AccessRefusals.RAW_PAT.toFailure();
    }
    String requestId = RequestId.of(request).value();
    return limits
        .verifying(request.request(), () -> verifier.verify(bearer))
        .invoke(claims -> limits.spend(claims.userId(), request.request()))
        .chain(claims -> permissions.read(claims, requestId));
  }

  private void warn(CallerIdentity caller, RoutingContext request) {
    caller
        .pat()
        .flatMap(pat -> warning.about(pat, caller.asOf()))
        .ifPresent(text -> request.response().putHeader(ExpiryWarning.HEADER, text));
  }

  private static SecurityIdentity identity(CallerIdentity caller) {
    return QuarkusSecurityIdentity.builder().setPrincipal(caller).addRoles(caller.roles()).build();
  }
}
