package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.devprovider.DevProvider;
import dev.osmo.devprovider.DevProviderSettings;
import dev.osmo.devprovider.DevUser;
import dev.osmo.devprovider.browser.FormBrowser;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.process.FreePorts;
import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * People sign in through a second identity provider, whose users and groups the tests change: from
 * the provider's page to the roles of their JWTs and access tokens. Each test has a person of its
 * own.
 */
class SignInIT {
  private static final List<String> PEOPLE =
      List.of(
          "ann", "ben", "cleo", "dora", "emil", "fay", "gus", "hana", "ivo", "jana", "kai", "mia");

  /** Groups of every person. The roles of the same name follow them. */
  private static final String STAFF = "staff";

  private static final String PROJECT = "project-x";

  @TempDir static Path temp;

  private static DevProvider provider;
  private static DevProvider leaving;
  private static RunningStack stack;
  private static SignInClient client;
  private static Deprovisioning outside;

  @BeforeAll
  static void start() throws Exception {
    provider =
        DevProvider.start(
            DevProviderSettings.defaults()
                .withClients(List.of("osmo-test"))
                .withPollInterval(Duration.ofSeconds(1))
                .withUsers(PEOPLE.stream().map(SignInIT::user).toList()));
    leaving =
        DevProvider.start(
            DevProviderSettings.defaults()
                .withPort(FreePorts.find(1).getFirst())
                .withClients(List.of("osmo-leaving"))
                .withUsers(List.of(user("lena"))));
    Path data = temp.resolve("data");
    Files.writeString(
        DataFolder.open(data).otherProviders(),
        new JsonObject(
                Map.of("providers", List.of(entry("test", provider), entry("leaving", leaving))))
            .encode());
    outside = Deprovisioning.acceptedBy(DataFolder.open(data), "test");
    stack =
        RunningStack.launch(
                data,
                FreePorts.find(1).getFirst(),
                Map.of("JAVA_TOOL_OPTIONS", "-Dtoken-service.sign-in.reverify-after=P30D"))
            .awaitReady();
    client = SignInClient.ofDevProvider(stack.url(), "test", "osmo-test");
    follow(STAFF, "import");
    follow(PROJECT, "force");
  }

  @AfterAll
  static void stop() throws Exception {
    stack.signal("TERM");
    stack.awaitExit();
    provider.close();
    leaving.close();
  }

  private static JsonObject entry(String name, DevProvider issuer) {
    return new JsonObject()
        .put("name", name)
        .put("issuer", issuer.issuer())
        .put("browser_client", "osmo-" + name)
        .put("device_client", "osmo-" + name)
        .put("user_claim", "preferred_username")
        .put("create_users", true);
  }

  private static DevUser user(String name) {
    return new DevUser(id(name), List.of(STAFF, PROJECT));
  }

  private static String id(String name) {
    return name + "@example.com";
  }

  /** Creates a role that follows the group of the same name. */
  private static void follow(String role, String mode) throws Exception {
    JsonObject body =
        new JsonObject()
            .put("description", "follows a group")
            .put("sync_mode", mode)
            .put("external_roles", new JsonArray(List.of(role)));
    assertThat(admin().put("/api/configs/role/" + role, body).status()).isEqualTo(200);
  }

  private static Http admin() throws Exception {
    return Http.as(stack.url(), stack.file("admin-token"));
  }

  private static Http as(SignInClient.Tokens tokens) {
    assertThat(tokens.status()).as(tokens.body().encode()).isEqualTo(200);
    return new Http(stack.url(), tokens.jwt());
  }

  @Test
  void a_person_signs_in_and_has_the_roles_of_the_groups() throws Exception {
    SignInClient.Tokens tokens = client.signIn(id("ann"));

    Http ann = as(tokens);
    assertThat(ann.claims().getString("sub")).isEqualTo("ann@example.com");
    assertThat(ann.roles()).contains(PROJECT, STAFF);
    assertThat(ann.claims().fieldNames()).contains("sid").doesNotContain("pat_id");
    assertThat(tokens.body().getString("id_token")).isEqualTo(tokens.jwt());
    assertThat(ann.get("/api/profile/settings").status()).isEqualTo(200);
    assertThat(
            stack.sql("SELECT count(*)::text FROM osmo.login_session WHERE user_id = ?", id("ann")))
        .isEqualTo("1");
  }

  @Test
  @Tag("I2")
  @Tag("I8")
  void a_group_that_is_removed_takes_its_role_from_the_next_jwt_and_from_every_access_token()
      throws Exception {
    SignInClient.Tokens tokens = client.signIn(id("ben"));
    Http.Response created = as(tokens).postEmpty("/api/auth/access_token/ci");
    assertThat(created.status()).as(created.body()).isEqualTo(200);
    String pat = created.text();
    assertThat(Http.as(stack.url(), pat).roles()).contains(PROJECT, STAFF);

    provider.setGroups(id("ben"), List.of(STAFF));
    Http refreshed = as(client.refresh(tokens.refreshToken()));

    assertThat(refreshed.roles()).contains(STAFF).doesNotContain(PROJECT);
    assertThat(Http.as(stack.url(), pat).roles()).contains(STAFF).doesNotContain(PROJECT);
    await()
        .atMost(Patience.LONG)
        .untilAsserted(
            () ->
                assertThat(
                        stack.sql(
                            "SELECT removed_by || ' ' || pruned_tokens FROM osmo.role_removal"
                                + " WHERE user_id = ? AND role_name = ?",
                            id("ben"),
                            PROJECT))
                    .isEqualTo("idp:test 1"));
    provider.setGroups(id("ben"), List.of(STAFF, PROJECT));
    assertThat(as(client.signIn(id("ben"))).roles()).contains(PROJECT);
    assertThat(Http.as(stack.url(), pat).roles()).doesNotContain(PROJECT);
  }

  @Test
  @Tag("I3")
  void a_person_whom_the_provider_disables_gets_no_further_jwt() throws Exception {
    SignInClient.Tokens tokens = client.signIn(id("cleo"));
    provider.disable(id("cleo"));

    SignInClient.Tokens refused = client.refresh(tokens.refreshToken());

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error()).isEqualTo("invalid_grant");
  }

  @Test
  @Tag("I3")
  void signing_out_ends_the_jwt_and_the_refresh_token_at_once() throws Exception {
    SignInClient.Tokens tokens = client.signIn(id("dora"));
    Http dora = as(tokens);
    assertThat(dora.get("/api/profile/settings").status()).isEqualTo(200);

    assertThat(client.revoke(tokens.refreshToken())).isEqualTo(200);

    assertThat(dora.get("/api/profile/settings").status()).isEqualTo(401);
    assertThat(client.refresh(tokens.refreshToken()).error()).isEqualTo("invalid_grant");
  }

  @Test
  void refresh_tokens_rotate_and_a_stolen_one_that_was_used_before_is_refused() throws Exception {
    SignInClient.Tokens first = client.signIn(id("emil"));

    SignInClient.Tokens second = client.refresh(first.refreshToken());
    as(second);
    assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
    as(client.refresh(second.refreshToken()));

    assertThat(client.refresh(first.refreshToken()).error()).isEqualTo("invalid_grant");
  }

  @Test
  void a_device_signs_in_with_a_code_that_its_user_types_elsewhere() throws Exception {
    JsonObject device = client.startDevice();
    String code = device.getString("device_code");
    assertThat(client.poll(code).error()).isEqualTo("authorization_pending");

    new FormBrowser(id("fay")).signIn(URI.create(device.getString("verification_uri_complete")));

    Stream<SignInClient.Tokens> polls = Stream.generate(() -> pollAfterInterval(device));
    SignInClient.Tokens tokens =
        polls.filter(answer -> !"slow_down".equals(answer.error())).findFirst().orElseThrow();
    assertThat(as(tokens).claims().getString("sub")).isEqualTo("fay@example.com");
    as(client.refresh(tokens.refreshToken()));
  }

  /** RFC 8628, section 3.5: a device waits for the interval, so this pause is part of the flow. */
  private static SignInClient.Tokens pollAfterInterval(JsonObject device) {
    try {
      Thread.sleep(Duration.ofSeconds(device.getLong("interval")));
      return client.poll(device.getString("device_code"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Tag("I3")
  void a_directory_takes_every_access_of_a_user_who_leaves() throws Exception {
    SignInClient.Tokens tokens = client.signIn(id("ivo"));
    Http ivo = as(tokens);
    String pat = ivo.postEmpty("/api/auth/access_token/ci").text();
    assertThat(exchange(pat).status()).isEqualTo(200);

    outside.setActive(stack.url(), id("ivo"), false);

    assertThat(problem(exchange(pat))).isEqualTo("owner-disabled");
    assertThat(ivo.get("/api/profile/settings").status()).isEqualTo(401);
    assertThat(client.refresh(tokens.refreshToken()).error()).isEqualTo("invalid_grant");
    assertThat(explained("ivo")).contains("User ivo@example.com was disabled by idp:dev at ");
    outside.setActive(stack.url(), id("ivo"), true);
    assertThat(exchange(pat).status()).isEqualTo(200);
    assertThat(ivo.get("/api/profile/settings").status()).as("the session").isEqualTo(401);
  }

  @Test
  @Tag("I3")
  void a_provider_ends_the_session_of_a_user_and_stops_the_tokens() throws Exception {
    SignInClient.Tokens tokens = client.signIn(id("jana"));
    Http jana = as(tokens);
    String pat = jana.postEmpty("/api/auth/access_token/ci").text();

    push("session-revoked", "jana");

    assertThat(jana.get("/api/profile/settings").status()).isEqualTo(401);
    assertThat(client.refresh(tokens.refreshToken()).error()).isEqualTo("invalid_grant");
    assertThat(exchange(pat).status()).isEqualTo(200);

    push("credential-change", "jana");

    assertThat(problem(exchange(pat))).isEqualTo("owner-must-sign-in");
    assertThat(explained("jana")).contains("must sign in again");
    signInUntilAccepted("jana", pat);
  }

  /** Without waiting for a sign-in, which a user of access tokens may never need. */
  @Test
  @Tag("I2")
  @Tag("I8")
  void a_group_that_is_removed_counts_as_soon_as_the_provider_reports_it() throws Exception {
    String pat = as(client.signIn(id("kai"))).postEmpty("/api/auth/access_token/ci").text();
    assertThat(Http.as(stack.url(), pat).roles()).contains(PROJECT, STAFF);

    provider.setGroups(id("kai"), List.of(STAFF));
    push("token-claims-change", "kai");

    assertThat(problem(exchange(pat))).isEqualTo("owner-must-sign-in");
    signInUntilAccepted("kai", pat);
    assertThat(Http.as(stack.url(), pat).roles()).contains(STAFF).doesNotContain(PROJECT);
  }

  private static Http.Response exchange(String pat) throws Exception {
    return Http.anonymous(stack.url()).exchange(pat);
  }

  private static String problem(Http.Response response) {
    assertThat(response.status()).as(response.body()).isEqualTo(401);
    return response.object().getString("type").replace("urn:osmo:problem:", "");
  }

  private static void push(String type, String name) throws Exception {
    outside.push(stack.url(), type, provider.issuer(), user(name).subject());
  }

  /** The times of ID tokens are whole seconds, so the first one may be as old as the event. */
  private static void signInUntilAccepted(String name, String pat) {
    await()
        .atMost(Patience.LONG)
        .until(
            () -> {
              as(client.signIn(id(name)));
              return exchange(pat).status() == 200;
            });
  }

  /** What an administrator sees. */
  private static String explained(String name) throws Exception {
    OsmoCommand osmo = new OsmoCommand(temp.resolve("admin"));
    osmo.ok("login", stack.url(), "--method=token", "--token-file=" + stack.file("admin-token"));
    return osmo.ok("token", "explain", "ci", "--user", id(name));
  }

  @Test
  void an_id_token_of_the_provider_is_exchanged_for_a_jwt() throws Exception {
    String idToken = idToken("gus");

    SignInClient.Tokens tokens = client.exchange(idToken);

    assertThat(as(tokens).claims().getString("sub")).isEqualTo("gus@example.com");
    assertThat(tokens.refreshToken()).isNull();
    String forged = idToken.substring(0, idToken.length() - 8) + "AAAAAAAA";
    assertThat(client.exchange(forged).error()).isEqualTo("invalid_grant");
  }

  @TestFactory
  Stream<DynamicTest> users_of_the_command() {
    return new ProviderContract(stack, temp).checks(leaving, id("lena"), id("mia"));
  }

  private static String idToken(String name) throws Exception {
    return client.foreignTokens(id(name), provider.issuer() + "/token").getString("id_token");
  }

  @Test
  @Tag("I11")
  void the_address_that_keeps_sessions_is_not_public() throws Exception {
    JsonObject body =
        new JsonObject().put("id_token", idToken("hana")).put("client_id", "osmo-test");

    assertThat(Http.anonymous(stack.url()).post("/api/auth/session", body).status()).isEqualTo(404);
  }
}
