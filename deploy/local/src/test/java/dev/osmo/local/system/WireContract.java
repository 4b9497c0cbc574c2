package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The requests of existing OSMO clients and the members of the responses that they read, as plain
 * HTTP against the running stack.
 */
record WireContract(RunningStack stack, String expires) {
  private static final String OWN = "/api/auth/access_token";
  private static final String BOB = "/api/auth/user/bob@example.com";

  Stream<DynamicTest> checks() {
    return Stream.of(
        dynamicTest("the login response names all endpoints", this::loginEndpoints),
        dynamicTest("the key set holds public keys only", this::keys),
        dynamicTest("an exchange returns token and expires_at", this::exchange),
        dynamicTest("an invalid token is a 401 with message and error_code", this::badToken),
        dynamicTest("version and health need no authentication", this::versionAndHealth),
        dynamicTest("an empty POST with a JSON content type creates a token", this::createToken),
        dynamicTest("repeated role parameters select a subset", this::createSubset),
        dynamicTest("a list has the members that clients read, and no secret", this::list),
        dynamicTest("the roles of a token name their grantor", this::tokenRoles),
        dynamicTest("a deletion returns 200 and null", this::deleteTokens),
        dynamicTest(
            "a leak report revokes what a thief rotated, also after the owner's revocation",
            this::leakAfterRevocation),
        dynamicTest("users are created, listed, read, granted roles and deleted", this::users),
        dynamicTest(
            "a user without the admin role may not manage users", this::usersAreForAdministrators),
        dynamicTest("a request without a JWT is a 401", this::withoutJwt),
        dynamicTest("profile and pool name the default pool", this::profile));
  }

  private Http user() throws Exception {
    return Http.as(stack.url(), stack.file("user-token"));
  }

  private Http admin() throws Exception {
    return Http.as(stack.url(), stack.file("admin-token"));
  }

  private Http anonymous() {
    return Http.anonymous(stack.url());
  }

  private void loginEndpoints() throws Exception {
    assertThat(anonymous().get("/api/auth/login").object().getMap().keySet())
        .contains(
            "device_endpoint",
            "device_client_id",
            "browser_endpoint",
            "browser_client_id",
            "token_endpoint",
            "logout_endpoint");
  }

  private void keys() throws Exception {
    JsonArray keys = anonymous().get("/api/auth/keys").object().getJsonArray("keys");

    assertThat(keys).isNotEmpty();
    assertThat(keys.getJsonObject(0).getMap())
        .containsKeys("kty", "kid", "x", "y")
        .doesNotContainKey("d");
    assertThat(anonymous().get("/.well-known/jwks.json").object().getJsonArray("keys"))
        .isEqualTo(keys);
  }

  private void exchange() throws Exception {
    Http.Response response =
        anonymous().exchange(Files.readString(stack.file("user-token")).strip());

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.object().getMap().keySet()).containsExactly("token", "expires_at");
    assertThat(response.object().getLong("expires_at"))
        .isGreaterThan(Instant.now().getEpochSecond());
    assertThat(response.raw().headers().firstValue("Cache-Control")).contains("no-store");
    JsonObject claims = new Http(stack.url(), response.object().getString("token")).claims();
    assertThat(claims.getString("iss")).isEqualTo(stack.url());
    assertThat(claims.getString("unique_name")).isEqualTo("user@example.com");
    assertThat(claims.getString("osmo_token_name")).isEqualTo("user-token");
  }

  private void badToken() throws Exception {
    Http.Response response = anonymous().exchange("not-a-token");

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.object().getString("message")).isNotBlank();
    assertThat(response.object().getString("error_code")).isEqualTo("USER");
    assertThat(response.object().getMap()).containsEntry("workflow_id", null);
  }

  private void versionAndHealth() throws Exception {
    assertThat(anonymous().get("/api/version").object().getMap().keySet())
        .contains("major", "minor", "revision", "hash");
    assertThat(anonymous().get("/client/version").object().getMap().keySet())
        .contains("major", "minor", "revision", "hash");
    assertThat(anonymous().get("/health").object().getString("status")).isEqualTo("OK");
  }

  private void createToken() throws Exception {
    Http.Response response =
        user().postEmpty(OWN + "/wire-all?expires_at=" + expires + "&description=two+words");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.text()).matches("osmo_[0-9A-Za-z]{34}");
    assertThat(Http.as(stack.url(), response.text()).roles())
        .containsExactly("osmo-ml-team", "osmo-user");
    assertThat(user().postEmpty(OWN + "/wire-all?expires_at=" + expires).status()).isEqualTo(409);
    assertThat(user().postEmpty(OWN + "/wire-bad?expires_at=someday").status()).isBetween(400, 499);
    assertThat(user().postEmpty(OWN + "/wire-bad?expires_at=2020-01-01").status())
        .isBetween(400, 499);
  }

  private void createSubset() throws Exception {
    Http.Response one =
        user().postEmpty(OWN + "/wire-one?expires_at=" + expires + "&roles=osmo-user");
    Http.Response two =
        user()
            .postEmpty(
                OWN + "/wire-two?expires_at=" + expires + "&roles=osmo-user&roles=osmo-ml-team");
    Http.Response wider =
        user().postEmpty(OWN + "/wire-wide?expires_at=" + expires + "&roles=osmo-admin");

    assertThat(Http.as(stack.url(), one.text()).roles()).containsExactly("osmo-user");
    assertThat(Http.as(stack.url(), two.text()).roles())
        .containsExactly("osmo-ml-team", "osmo-user");
    assertThat(wider.status()).isBetween(400, 499);
  }

  private void list() throws Exception {
    List<JsonObject> tokens = user().get(OWN).array().stream().map(JsonObject.class::cast).toList();

    assertThat(tokens)
        .extracting(token -> token.getString("token_name"))
        .contains("wire-all", "wire-one")
        .isSorted();
    JsonObject token =
        tokens.stream()
            .filter(t -> t.getString("token_name").equals("wire-all"))
            .findFirst()
            .orElseThrow();
    assertThat(token.getString("user_name")).isEqualTo("user@example.com");
    assertThat(token.getString("expires_at")).isEqualTo(expires + "T00:00:00");
    assertThat(token.getString("description")).isEqualTo("two words");
    assertThat(token.getJsonArray("roles")).containsExactly("osmo-ml-team", "osmo-user");
    assertThat(user().get(OWN).body()).doesNotContain("osmo_", "$argon2");
  }

  private void tokenRoles() throws Exception {
    JsonObject response = user().get(OWN + "/wire-one/roles").object();

    assertThat(response.getString("user_name")).isEqualTo("user@example.com");
    assertThat(response.getString("token_name")).isEqualTo("wire-one");
    JsonObject role = response.getJsonArray("roles").getJsonObject(0);
    assertThat(role.getString("role_name")).isEqualTo("osmo-user");
    assertThat(role.getString("assigned_by")).isEqualTo("admin@example.com");
    assertThat(role.getString("assigned_at"))
        .matches("\\d{4}-\\d\\d-\\d\\dT.*(Z|[+-]\\d\\d:\\d\\d)");
  }

  private void deleteTokens() throws Exception {
    for (String name : List.of("wire-all", "wire-one", "wire-two")) {
      Http.Response response = user().delete(OWN + "/" + name);
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("null");
    }
    assertThat(user().delete(OWN + "/wire-all").status()).isEqualTo(404);
  }

  /** The thief rotates at one service, and the owner revokes the stolen secret at the other. */
  private void leakAfterRevocation() throws Exception {
    String stolen = user().postEmpty(OWN + "/wire-stolen?expires_at=" + expires).text();
    String planted =
        Http.as(stack.url(), stolen).postEmpty(OWN + "/self/rotate").object().getString("token");
    assertThat(anonymous().postForm("/oauth2/revoke", "token=" + stolen).status()).isEqualTo(200);
    assertThat(anonymous().exchange(stolen).status()).isEqualTo(401);
    assertThat(anonymous().exchange(planted).status()).isEqualTo(200);

    JsonObject report = new JsonObject().put("tokens", new JsonArray().add(stolen));
    assertThat(anonymous().post("/api/auth/leaked", report).status()).isEqualTo(202);

    assertThat(anonymous().exchange(planted).status()).isEqualTo(401);
    assertThat(user().delete(OWN + "/wire-stolen").status()).isEqualTo(200);
  }

  private void users() throws Exception {
    Http admin = admin();
    JsonObject bob =
        new JsonObject()
            .put("id", "bob@example.com")
            .put("roles", new JsonArray().add("osmo-user"));
    JsonObject mlTeam = new JsonObject().put("role_name", "osmo-ml-team");

    assertThat(admin.post("/api/auth/user", bob).object().getMap())
        .containsKeys("id", "created_at", "created_by");
    assertThat(admin.post("/api/auth/user", bob).status()).isEqualTo(409);
    assertThat(admin.get("/api/auth/user?id_prefix=bob&count=5").object().getMap())
        .containsKeys("total_results", "start_index", "items_per_page", "users");
    assertThat(admin.get(BOB).object().getJsonArray("roles")).hasSize(1);

    JsonObject granted = admin.post(BOB + "/roles", mlTeam).object();
    assertThat(granted.getMap().keySet())
        .contains("user_id", "role_name", "assigned_by", "assigned_at");
    assertThat(admin.post(BOB + "/roles", mlTeam).object()).isEqualTo(granted);
    assertThat(admin.get("/api/auth/roles/osmo-ml-team/users").object().getString("role_name"))
        .isEqualTo("osmo-ml-team");
    assertThat(admin.delete(BOB + "/roles/osmo-ml-team").body()).isEqualTo("null");
    assertThat(admin.delete(BOB + "/roles/osmo-ml-team").body())
        .as("also when not held")
        .isEqualTo("null");

    String token = admin.postEmpty(BOB + "/access_token/first?expires_at=" + expires).text();
    assertThat(Http.as(stack.url(), token).claims().getString("sub")).isEqualTo("bob@example.com");
    assertThat(admin.get(BOB + "/access_token").array()).hasSize(1);
    assertThat(admin.delete(BOB).body()).isEqualTo("null");
    assertThat(anonymous().exchange(token).status()).isEqualTo(401);
    assertThat(admin.get(BOB).status()).isEqualTo(404);
  }

  private void usersAreForAdministrators() throws Exception {
    JsonObject admin = new JsonObject().put("role_name", "osmo-admin");

    assertThat(user().get("/api/auth/user").status()).isEqualTo(403);
    assertThat(user().post("/api/auth/user/user@example.com/roles", admin).status()).isEqualTo(403);
    assertThat(user().get("/api/auth/user/admin@example.com/access_token").status()).isEqualTo(403);
  }

  private void withoutJwt() throws Exception {
    for (String path :
        List.of(OWN, "/api/auth/user", "/api/profile/settings", "/api/pool", "/api/workflow")) {
      assertThat(anonymous().get(path).status()).as(path).isEqualTo(401);
    }
    String pat = Files.readString(stack.file("user-token")).strip();
    assertThat(new Http(stack.url(), pat).get(OWN).status())
        .as("a PAT is not a JWT")
        .isEqualTo(401);
    assertThat(user().getAsOldClient(OWN).status())
        .as("the header of clients up to 6.1 is not read by default")
        .isEqualTo(401);
  }

  private void profile() throws Exception {
    JsonObject settings = user().get("/api/profile/settings").object();

    assertThat(settings.getJsonObject("profile").getString("username"))
        .isEqualTo("user@example.com");
    assertThat(settings.getJsonObject("profile").getString("pool")).isEqualTo("default");
    assertThat(settings.getJsonArray("roles"))
        .containsExactlyInAnyOrder("osmo-user", "osmo-ml-team");
    assertThat(user().get("/api/pool").status()).isEqualTo(200);
    assertThat(user().get("/api/pool_quota").object().getJsonArray("node_sets")).hasSize(1);
  }
}
