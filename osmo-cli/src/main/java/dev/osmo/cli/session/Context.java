package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.pat.PatText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A server, an access token for it, and the JWT of the last exchange. */
record Context(ServerUrl url, StoredToken token, Jwt jwt) {

  Context(ServerUrl url, PatText pat, Jwt jwt) {
    this(url, new StoredToken.InFile(pat), jwt);
  }

  /** Reads the token from where it is stored. */
  PatText pat() {
    return token.pat();
  }

  /** Whether the token is in the credential file, not with a credential helper. */
  boolean isInFile() {
    return token instanceof StoredToken.InFile;
  }

  Context with(Jwt newer) {
    return new Context(url, token, newer);
  }

  /** With another token, stored in the same place. The JWT of the old one is not used again. */
  Context with(PatText newer) {
    return new Context(url, token.replacedBy(newer), jwt.expired());
  }

  /**
   * Deletes tokens from their credential helpers.
   *
   * @throws Failure the first failure, after all were tried
   */
  static void eraseTokens(Stream<Context> deleted) {
    List<Failure> failures = new ArrayList<>();
    deleted.forEach(
        context -> {
          try {
            context.token.erase();
          } catch (Failure failure) {
            failures.add(failure);
          }
        });
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  /** Compares the token id in the JWT, which a rotation does not change, or the stored token. */
  boolean hasTokenOf(Context other) {
    return url.equals(other.url)
        && (token.equals(other.token)
            || (!jwt.patId().isEmpty() && jwt.patId().equals(other.jwt.patId())));
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("url", url.text());
    token.into(json);
    return json.put("jwt", jwt.text())
        .put("jwt_received_at", jwt.receivedAt().toString())
        .put("jwt_lifetime_seconds", jwt.lifetime().toSeconds());
  }

  /** Empty for anything that {@link #toJson} does not write. */
  static Optional<Context> fromJson(JsonNode json) {
    try {
      Jwt jwt =
          Jwt.stored(
              json.path("jwt").asText(),
              Instant.parse(json.path("jwt_received_at").asText()),
              json.path("jwt_lifetime_seconds").asLong());
      return Optional.of(
          new Context(new ServerUrl(json.path("url").asText()), StoredToken.from(json), jwt));
    } catch (Failure | DateTimeException damaged) {
      return Optional.empty();
    }
  }
}
