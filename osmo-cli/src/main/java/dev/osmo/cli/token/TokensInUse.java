package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.session.Credential;
import dev.osmo.cli.session.Session;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Finds out whether a command is about the access token of the context in use. */
@Singleton
class TokensInUse {
  private final Session session;

  TokensInUse(Session session) {
    this.session = session;
  }

  /** The token in use, if this is it; empty in a session, and if the server does not say. */
  Optional<TokenInUse> find(TokenTarget typed) {
    Credential credential = session.credential();
    JsonNode claims = credential.jwt().claims();
    String id = credential.jwt().patId();
    String name = claims.path("osmo_token_name").asText("");
    return !id.isEmpty() && typed.isToken(id, name, claims.path("sub").asText(""))
        ? Optional.of(new TokenInUse(name.isEmpty() ? typed.name() : name, credential))
        : Optional.empty();
  }
}
