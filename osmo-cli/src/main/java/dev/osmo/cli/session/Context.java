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

/** A server, what is exchanged there for JWTs, and the JWT of the last exchange. */
record Context(ServerUrl url, Grant grant, Jwt jwt) {

  /** Whether the secret is in the credential file, not with a credential helper. */
  boolean isInFile() {
    return grant.secret().filter(StoredSecret.InFile.class::isInstance).isPresent();
  }

  Context with(Jwt newer) {
    return new Context(url, grant, newer);
  }

  Context with(Grant newer) {
    return new Context(url, newer, jwt);
  }

  /**
   * With another access token, stored in the same place. The JWT of the old one is not used again.
   */
  Context with(PatText newer) {
    return switch (grant) {
      case Grant.Pat pat -> new Context(url, pat.replacedBy(newer), jwt.expired());
      case Grant.SignedIn session -> throw notOfAToken(session);
      case Grant.Workload workload -> throw notOfAToken(workload);
    };
  }

  private static IllegalStateException notOfAToken(Grant grant) {
    return new IllegalStateException("no access token in " + grant);
  }

  /**
   * Deletes secrets from their credential helpers.
   *
   * @throws Failure the first failure, after all were tried
   */
  static void eraseSecrets(Stream<Context> deleted) {
    List<Failure> failures = new ArrayList<>();
    deleted
        .flatMap(context -> context.grant.secret().stream())
        .forEach(
            secret -> {
              try {
                secret.erase();
              } catch (Failure failure) {
                failures.add(failure);
              }
            });
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  /**
   * Whether both act by the same access token or session: compares its id in the JWT, which neither
   * a rotation nor a refresh changes, or what is stored.
   */
  boolean hasGrantOf(Context other) {
    return url.equals(other.url)
        && (grant.equals(other.grant)
            || (!jwt.grantId().isEmpty() && jwt.grantId().equals(other.jwt.grantId())));
  }

  /** Whether it belongs to the user of this JWT at this server. */
  boolean isOf(ServerUrl server, Jwt of) {
    return url.equals(server) && jwt.name().equals(of.name());
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("url", url.text());
    grant.into(json);
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
          new Context(new ServerUrl(json.path("url").asText()), Grant.from(json), jwt));
    } catch (Failure | DateTimeException damaged) {
      return Optional.empty();
    }
  }
}
