package dev.osmo.local.accounts;

import dev.osmo.local.CannotStart;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.folder.PrivateFile;
import dev.osmo.local.folder.SecretText;
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
 * The user of the tutorial. The administrator's token creates it once, with two roles; later starts
 * only renew its token. If an administrator removes a role or deletes the user, a later start does
 * not restore them.
 */
public record DemoUser(DataFolder folder, String publicUrl) {
  public static final String USER = "user@example.com";

  private static final List<String> ROLES = List.of("osmo-user", "osmo-ml-team");
  private static final String TOKEN = "user-token";
  private static final String USER_PATH = "/api/auth/user/" + USER;
  private static final String TOKENS_PATH = USER_PATH + "/access_token";

  /** Returns a note for the operator if the user or its token could not be prepared. */
  public Optional<String> prepare() {
    Optional<OsmoApi> admin =
        PrivateFile.read(folder.adminToken()).flatMap(pat -> OsmoApi.login(publicUrl, pat));
    if (admin.isEmpty()) {
      return Optional.of(
          "The token in %s is no longer valid; delete the file and start again to get a new one."
              .formatted(folder.adminToken()));
    }
    return prepare(admin.get());
  }

  private Optional<String> prepare(OsmoApi admin) {
    ApiResponse user = admin.get(USER_PATH);
    if (user.status() == 404 && !Files.exists(folder.demoUserMarker())) {
      create(admin);
    } else if (user.status() == 404) {
      return Optional.of(USER + " was deleted by an administrator and is not created again.");
    } else if (!user.ok()) {
      throw new CannotStart("Cannot look up the demo user: " + user.error());
    } else if (user.object().getValue("disabled_at") != null) {
      return Optional.of(USER + " is disabled; its token is not renewed.");
    }
    writeMarker();
    return tokenIsValid() ? Optional.empty() : renewToken(admin);
  }

  private void create(OsmoApi admin) {
    for (String role : ROLES) {
      ensureRoleExists(admin, role);
    }
    ApiResponse response =
        admin.post(
            "/api/auth/user", new JsonObject().put("id", USER).put("roles", new JsonArray(ROLES)));
    if (!response.ok()) {
      throw new CannotStart("Cannot create the demo user: " + response.error());
    }
  }

  private static void ensureRoleExists(OsmoApi admin, String role) {
    String path = "/api/configs/role/" + role;
    if (admin.get(path).status() == 404) {
      admin.put(
          path, new JsonObject().put("name", role).put("description", "Created for the demo user"));
    }
  }

  private void writeMarker() {
    try {
      if (!Files.exists(folder.demoUserMarker())) {
        Files.createFile(folder.demoUserMarker());
      }
    } catch (IOException e) {
      throw new CannotStart("Cannot write the file " + folder.demoUserMarker() + ".", e);
    }
  }

  private boolean tokenIsValid() {
    return PrivateFile.read(folder.userToken())
        .flatMap(pat -> OsmoApi.login(publicUrl, pat))
        .flatMap(user -> expiry(user.get("/api/auth/access_token"), TOKEN))
        .filter(expiry -> !Renewal.isDue(expiry, Instant.now()))
        .isPresent();
  }

  private Optional<String> renewToken(OsmoApi admin) {
    Instant adminExpiry =
        expiry(admin.get("/api/auth/access_token"), "bootstrap-admin")
            .orElse(Instant.now().plus(Renewal.LIFETIME));
    admin.delete(TOKENS_PATH + "/" + TOKEN);
    ApiResponse response =
        admin.post(
            "%s/%s?expires_at=%s&description=Created+by+deploy%%2Flocal%%2Fup"
                .formatted(TOKENS_PATH, TOKEN, Renewal.expiryDate(Instant.now(), adminExpiry)));
    if (!response.ok()) {
      return Optional.of("Cannot create a token for " + USER + ": " + response.error());
    }
    PrivateFile.write(folder.userToken(), new SecretText(response.text()));
    return Optional.empty();
  }

  /** The expiry of the token of this name in a list; its timestamps are UTC without a zone. */
  private static Optional<Instant> expiry(ApiResponse list, String token) {
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
