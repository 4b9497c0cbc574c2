package dev.osmo.cli.session.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.token.Jwt;
import dev.osmo.cli.session.token.Pat;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where we are logged in, with which token, and the JWT it was last exchanged for. */
public record Login(ServerUrl url, KeptToken kept, Jwt jwt) {

  public Login(ServerUrl url, Pat pat, Jwt jwt) {
    this(url, new KeptToken.InFile(pat), jwt);
  }

  /** The token, from wherever it is kept. */
  public Pat pat() {
    return kept.pat();
  }

  /** Otherwise it is with a credential helper. */
  public boolean isInFile() {
    return kept instanceof KeptToken.InFile;
  }

  public Login with(Jwt newer) {
    return new Login(url, kept, newer);
  }

  /** With another token, kept in the same place. The old one's JWT is not used again. */
  public Login with(Pat newer) {
    return new Login(url, kept.replacedBy(newer), jwt.ended());
  }

  /**
   * Takes the tokens away from wherever they are besides the credential file.
   *
   * @throws Failure of the first that could not be taken, after all were tried
   */
  public static void forgetTokens(Stream<Login> gone) {
    List<Failure> failures = new ArrayList<>();
    gone.forEach(
        login -> {
          try {
            login.kept.forget();
          } catch (Failure failure) {
            failures.add(failure);
          }
        });
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  /** Told by the id in the JWT, which outlives a rotation, or by the place of the token. */
  public boolean isByTheTokenOf(Login other) {
    return url.equals(other.url)
        && (kept.equals(other.kept)
            || (!jwt.patId().isEmpty() && jwt.patId().equals(other.jwt.patId())));
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("url", url.text());
    kept.into(json);
    return json.put("jwt", jwt.text())
        .put("jwt_received_at", jwt.receivedAt().toString())
        .put("jwt_lifetime_seconds", jwt.lifetime().toSeconds());
  }

  /** Empty for anything that {@link #toJson} did not write. */
  static Optional<Login> fromJson(JsonNode json) {
    try {
      Jwt jwt =
          Jwt.kept(
              json.path("jwt").asText(),
              Instant.parse(json.path("jwt_received_at").asText()),
              json.path("jwt_lifetime_seconds").asLong());
      return Optional.of(
          new Login(new ServerUrl(json.path("url").asText()), KeptToken.from(json), jwt));
    } catch (Failure | DateTimeException damaged) {
      return Optional.empty();
    }
  }
}
