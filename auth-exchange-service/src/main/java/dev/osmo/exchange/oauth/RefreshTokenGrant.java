package dev.osmo.exchange.oauth;

import dev.osmo.exchange.exchange.Downscope;
import dev.osmo.exchange.signin.RefreshToken;
import dev.osmo.exchange.signin.SessionRefresh;
import dev.osmo.http.problem.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** A new JWT for the session of a refresh token (RFC 6749, section 6). */
@ApplicationScoped
class RefreshTokenGrant implements Grant {

  static final String TYPE = "refresh_token";

  private final SessionRefresh sessions;
  private final AllowedTargets targets;

  RefreshTokenGrant(SessionRefresh sessions, AllowedTargets targets) {
    this.sessions = sessions;
    this.targets = targets;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Uni<TokenAnswer> grant(OAuthForm form) {
    String client = form.required("client_id");
    RefreshToken token = new RefreshToken(form.required("refresh_token"));
    return switch (RequestedDownscope.read(form, targets)) {
      case RequestedDownscope.Rejected(var problem) -> Refusal.of(problem).toFailure();
      case RequestedDownscope.Allowed(var downscope) -> refresh(client, token, downscope);
    };
  }

  private Uni<TokenAnswer> refresh(String client, RefreshToken token, Downscope downscope) {
    return sessions.refresh(client, token, downscope).map(SignInView::of);
  }
}
