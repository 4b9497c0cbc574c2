package dev.osmo.token.pat.api;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.pat.history.TokenHistories;
import dev.osmo.token.pat.history.TokenHistoryView;
import dev.osmo.token.pat.lifecycle.DeleteToken;
import dev.osmo.token.pat.lifecycle.RevokeToken;
import dev.osmo.token.pat.lifecycle.RevokedToken;
import dev.osmo.token.pat.lifecycle.SuspendToken;
import dev.osmo.token.pat.listing.TokenDetails;
import dev.osmo.token.pat.listing.TokenQueries;
import dev.osmo.token.pat.listing.TokenRolesView;
import dev.osmo.token.pat.rotate.RotateToken;
import dev.osmo.token.pat.rotate.RotationParameters;
import dev.osmo.token.pat.rotate.RotationView;
import dev.osmo.token.pat.store.TokenAddress;
import dev.osmo.token.pat.store.TokenView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * The operations on an existing access token that owner routes and administrator routes share. The
 * use cases check permissions.
 */
@ApplicationScoped
class TokenOperations {

  static final String DERIVED_TOKENS = "X-Osmo-Derived-Tokens";

  private final TokenQueries queries;
  private final TokenHistories histories;
  private final RotateToken rotateToken;
  private final SuspendToken suspendToken;
  private final RevokeToken revokeToken;
  private final DeleteToken deleteToken;

  TokenOperations(
      TokenQueries queries,
      TokenHistories histories,
      RotateToken rotateToken,
      SuspendToken suspendToken,
      RevokeToken revokeToken,
      DeleteToken deleteToken) {
    this.queries = queries;
    this.histories = histories;
    this.rotateToken = rotateToken;
    this.suspendToken = suspendToken;
    this.revokeToken = revokeToken;
    this.deleteToken = deleteToken;
  }

  Uni<TokenDetails> show(CallerIdentity caller, String ownerId, String token) {
    return queries.show(caller, ownerId, TokenAddress.of(token, caller));
  }

  Uni<TokenRolesView> roles(CallerIdentity caller, String ownerId, String token) {
    return queries.roles(ownerId, TokenAddress.of(token, caller));
  }

  Uni<TokenHistoryView> history(CallerIdentity caller, String ownerId, String token) {
    return histories.of(caller, ownerId, TokenAddress.of(token, caller));
  }

  Uni<RotationView> rotate(CallerIdentity caller, String ownerId, RotationParameters parameters) {
    return rotateToken.rotate(caller, parameters.forOwner(ownerId, caller));
  }

  Uni<TokenView> suspend(CallerIdentity caller, String ownerId, String token) {
    return suspendToken.suspend(caller, ownerId, TokenAddress.of(token, caller));
  }

  Uni<TokenView> resume(CallerIdentity caller, String ownerId, String token) {
    return suspendToken.resume(caller, ownerId, TokenAddress.of(token, caller));
  }

  Uni<RestResponse<TokenView>> revoke(CallerIdentity caller, String ownerId, String token) {
    return revokeToken
        .revoke(caller, ownerId, TokenAddress.of(token, caller))
        .map(TokenOperations::revoked);
  }

  /**
   * The body is {@code null} for existing clients, so a header returns how many derived tokens
   * remain.
   */
  Uni<RestResponse<NullNode>> delete(CallerIdentity caller, String ownerId, String token) {
    return deleteToken
        .delete(caller, ownerId, TokenAddress.of(token, caller))
        .map(TokenOperations::deleted);
  }

  private static RestResponse<TokenView> revoked(RevokedToken revoked) {
    return ResponseBuilder.ok(revoked.token()).header(DERIVED_TOKENS, revoked.derived()).build();
  }

  private static RestResponse<NullNode> deleted(long remaining) {
    return ResponseBuilder.ok(NullNode.getInstance()).header(DERIVED_TOKENS, remaining).build();
  }
}
