package dev.osmo.local.people;

import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.folder.SecretFile;
import dev.osmo.local.folder.SecretText;
import dev.osmo.local.problem.CannotStart;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * The user of the tutorial. Made once, with two roles, by the administrator; after that only the
 * token file is kept alive. A role, or the user, that an administrator took away does not come back
 * at the next start.
 */
public record DemoUser(DataFolder folder, String publicUrl) {
  public static final String USER = "user@example.com";

  private static final List<String> ROLES = List.of("osmo-user", "osmo-ml-team");
  private static final String TOKEN = "user-token";
  private static final String USER_PATH = "/api/auth/user/" + USER;
  private static final String TOKENS_PATH = USER_PATH + "/access_token";

  /** Returns what to tell the operator when something was left as it is. */
  public Optional<String> prepare() {
    Optional<OsmoApi> admin =
        SecretFile.read(folder.adminToken()).flatMap(pat -> OsmoApi.login(publicUrl, pat));
    if (admin.isEmpty()) {
      return Optional.of(
          "The token in %s opens nothing any more; remove the file and start again to have a new one made."
              .formatted(folder.adminToken()));
    }
    return prepare(admin.get());
  }

  private Optional<String> prepare(OsmoApi admin) {
    Answer user = admin.get(USER_PATH);
    if (user.status() == 404 && !Files.exists(folder.demoUserMarker())) {
      create(admin);
    } else if (user.status() == 404) {
      return Optional.of(USER + " was deleted by an administrator and is not made again.");
    } else if (!user.ok()) {
      throw new CannotStart("The demo user cannot be looked up: " + user.refusal());
    } else if (user.object().getValue("disabled_at") != null) {
      return Optional.of(USER + " is disabled, so its token is left as it is.");
    }
    remember();
    return tokenIsGood() ? Optional.empty() : renewToken(admin);
  }

  private void create(OsmoApi admin) {
    for (String role : ROLES) {
      ensureInCatalogue(admin, role);
    }
    Answer answer =
        admin.post(
            "/api/auth/user", new JsonObject().put("id", USER).put("roles", new JsonArray(ROLES)));
    if (!answer.ok()) {
      throw new CannotStart("The demo user cannot be made: " + answer.refusal());
    }
  }

  private static void ensureInCatalogue(OsmoApi admin, String role) {
    String path = "/api/configs/role/" + role;
    if (admin.get(path).status() == 404) {
      admin.put(
          path, new JsonObject().put("name", role).put("description", "Made for the demo user"));
    }
  }

  private void remember() {
    try {
      if (!Files.exists(folder.demoUserMarker())) {
        Files.createFile(folder.demoUserMarker());
      }
    } catch (IOException e) {
      throw new CannotStart("The file " + folder.demoUserMarker() + " cannot be written.", e);
    }
  }

  private boolean tokenIsGood() {
    return SecretFile.read(folder.userToken())
        .flatMap(pat -> OsmoApi.login(publicUrl, pat))
        .flatMap(user -> expiry(user.get("/api/auth/access_token"), TOKEN))
        .filter(expiry -> !Renewal.isDue(expiry, Instant.now()))
        .isPresent();
  }

  private Optional<String> renewToken(OsmoApi admin) {
    Instant makersExpiry =
        expiry(admin.get("/api/auth/access_token"), "bootstrap-admin")
            .orElse(Instant.now().plus(Renewal.LIFE));
    admin.delete(TOKENS_PATH + "/" + TOKEN);
    Answer answer =
        admin.post(
            "%s/%s?expires_at=%s&description=Made+by+deploy%%2Flocal%%2Fup"
                .formatted(TOKENS_PATH, TOKEN, Renewal.lastDay(Instant.now(), makersExpiry)));
    if (!answer.ok()) {
      return Optional.of("No token was made for " + USER + ": " + answer.refusal());
    }
    SecretFile.write(folder.userToken(), new SecretText(answer.text()));
    return Optional.empty();
  }

  /** The expiry of the token of this name in a list; its timestamps are UTC without a zone. */
  private static Optional<Instant> expiry(Answer list, String token) {
    if (!list.ok()) {
      return Optional.empty();
    }
    return list.array().stream()
        .map(JsonObject.class::cast)
        .filter(entry -> token.equals(entry.getString("token_name")))
        .map(entry -> LocalDateTime.parse(entry.getString("expires_at")).toInstant(ZoneOffset.UTC))
        .findFirst();
  }
}
