package dev.osmo.token.caller;

import dev.osmo.http.problem.ProblemMapper;
import dev.osmo.http.request.RequestId;
import dev.osmo.http.web.BearerCredential;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * Authenticates {@code Authorization: Bearer} and reads the caller's current permissions. Without
 * the header the request is anonymous, and the route decides.
 */
@ApplicationScoped
class BearerMechanism implements HttpAuthenticationMechanism {

  private final JwtVerifier verifier;
  private final CurrentPermissions permissions;

  BearerMechanism(JwtVerifier verifier, CurrentPermissions permissions) {
    this.verifier = verifier;
    this.permissions = permissions;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext request, IdentityProviderManager unused) {
    List<String> headers = request.request().headers().getAll(HttpHeaders.AUTHORIZATION);
    if (headers.isEmpty()) {
      return Uni.createFrom().nullItem();
    }
    return BearerCredential.of(headers)
        .map(bearer -> authenticate(bearer, RequestId.of(request).value()))
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

  private Uni<CallerIdentity> authenticate(BearerCredential bearer, String requestId) {
    if (bearer.isAccessToken()) {
      return AccessRefusals.RAW_PAT.toFailure();
    }
    return verifier
        .verify(bearer)
        .chain(claims -> Panache.withSession(() -> permissions.read(claims, requestId)));
  }

  private static void warn(CallerIdentity caller, RoutingContext request) {
    ExpiryWarning.of(caller.pat(), caller.asOf())
        .ifPresent(text -> request.response().putHeader(ExpiryWarning.HEADER, text));
  }

  private static SecurityIdentity identity(CallerIdentity caller) {
    return QuarkusSecurityIdentity.builder().setPrincipal(caller).addRoles(caller.roles()).build();
  }
}
