package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.server.ServerUrl;
import java.util.List;
import java.util.Optional;

/**
 * The context in use as other packages see it: with its JWT, without its secret.
 *
 * @param source its origin, for users
 * @param signIn how a person signed in; empty for an access token
 */
public record Credential(
    String source, ServerUrl server, Jwt jwt, Optional<ProviderSignIn> signIn) {
  /**
   * The requested roles that the JWT does not have, because the token or the user has not. None if
   * the JWT lists no roles.
   */
  public List<String> missing(Downscope wanted) {
    JsonNode claim = jwt.claims().path("roles");
    List<String> roles = claim.valueStream().map(JsonNode::asText).toList();
    return claim.isArray()
        ? wanted.roles().stream().filter(role -> !roles.contains(role)).toList()
        : List.of();
  }

  static Credential of(String source, Context context) {
    return new Credential(source, context.url(), context.jwt(), context.grant().signIn());
  }
}
