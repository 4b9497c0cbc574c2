package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.process.FreePorts;
import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * People sign in through Keycloak, with the real command and the settings that {@code
 * operator/sign-in.rst} prints. Each test has a person of its own. The profile {@code keycloak}
 * sets the property and unpacks Keycloak.
 */
@EnabledIfSystemProperty(named = "osmo.keycloak", matches = "true")
class KeycloakIT {
  private static final List<String> PEOPLE =
      List.of("ann", "ben", "cleo", "dora", "emil", "fay", "gus", "hana", "ida", "jon", "kim");

  private static final String STAFF = "staff";
  private static final String PROJECT = "project-x";
  private static final String ISSUER = "https://keycloak.example.com/realms/company";

  private static final Pattern JSON_BLOCK =
      Pattern.compile("(?m)^\\.\\. code-block:: json\n\n((?:   .*\n|\n)+)");
  private static final Pattern DEVICE_PAGE = Pattern.compile("(?m)^(http://127\\S+/device)$");
  private static final Pattern CODE = Pattern.compile("(?m)^and enter the code: (\\S+)$");
  private static final Pattern TOKEN = Pattern.compile("osmo_[0-9A-Za-z]{34}");

  @TempDir static Path temp;

  private static KeycloakServer keycloak;
  private static RunningStack stack;
  private static SignInClient client;
  private static Deprovisioning outside;

  @BeforeAll
  static void start() throws Exception {
    keycloak = KeycloakServer.start(temp.resolve("keycloak.log"));
    keycloak.importClient(printed(0));
    keycloak.createGroup(STAFF);
    keycloak.createGroup(PROJECT);
    for (String name : PEOPLE) {
      keycloak.createUser(id(name), "/" + STAFF, "/" + PROJECT);
    }
    Path data = temp.resolve("data");
    Files.writeString(DataFolder.open(data).otherProviders(), printed(1).encode());
    outside = Deprovisioning.acceptedBy(DataFolder.open(data), "keycloak");
    stack = RunningStack.launch(data, FreePorts.find(1).getFirst()).awaitReady();
    follow(STAFF, "import");
    follow(PROJECT, "force");
    client =
        new SignInClient(
            stack.url(),
            "keycloak",
            "osmo",
            (user, page) ->
                new KeycloakPages(user).redirectAfterSignIn(page, SignInClient.REDIRECT));
  }

  @AfterAll
  static void stop() throws Exception {
    if (stack != null) {
      stack.signal("TERM");
      stack.awaitExit();
    }
    if (keycloak != null) {
      keycloak.close();
    }
  }

  /** A JSON block of the section on Keycloak, for the realm of this test. */
  private static JsonObject printed(int block) throws IOException {
    String page =
        Files.readString(RunningStack.HOME.resolve("src-docs/operator/sign-in.rst"))
            .replaceAll("(?s)^.*\nKeycloak\n-+\n", "")
            .replaceAll("(?s)\n[^\n]+\n---+\n.*$", "");
    Matcher blocks = JSON_BLOCK.matcher(page);
    for (int i = 0; i <= block; i++) {
      assertThat(blocks.find()).as("block " + i + " of the section on Keycloak").isTrue();
    }
    return new JsonObject(blocks.group(1).replace(ISSUER, keycloak.issuer()));
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
            .put("external_roles", new JsonArray(List.of("/" + role)));
    Http admin = Http.as(stack.url(), stack.file("admin-token"));
    assertThat(admin.put("/api/configs/role/" + role, body).status()).isEqualTo(200);
  }

  private static OsmoCommand osmo(String name) {
    return new OsmoCommand(temp.resolve(name));
  }

  /** Signs in with the pages of Keycloak, which this program fills in. */
  private static OsmoCommand signIn(String name) throws Exception {
    OsmoCommand osmo = osmo(name);
    PageFile page = PageFile.in(temp, name);
    CompletableFuture<OsmoCommand.Run> login =
        osmo.start(page.variables(), "login", stack.url(), "--provider=keycloak", "--method=pkce");
    assertThat(new KeycloakPages(id(name)).signIn(page.await()).body())
        .contains("You are signed in to OSMO");
    OsmoCommand.Run ran = login.get();
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("Successfully logged in. Welcome " + name + " Example.");
    return osmo;
  }

  private static Http as(OsmoCommand osmo) throws Exception {
    return new Http(stack.url(), osmo.ok("auth", "token").strip());
  }

  private static String createToken(OsmoCommand osmo) throws Exception {
    Matcher created = TOKEN.matcher(osmo.ok("token", "set", "ci"));
    assertThat(created.find()).isTrue();
    return created.group();
  }

  @Test
  void a_person_signs_in_with_a_browser() throws Exception {
    Assumptions.assumeTrue(Chromium.isInstalled(), "SKIPPED: chromium is not installed");
    OsmoCommand osmo = osmo("ann");
    PageFile page = PageFile.in(temp, "ann");
    CompletableFuture<OsmoCommand.Run> login =
        osmo.start(page.variables(), "login", stack.url(), "--provider=keycloak", "--method=pkce");

    try (Chromium chromium = Chromium.start(temp.resolve(".chromium"))) {
      chromium.open(page.await());
      chromium.awaitLoaded("Sign in to company");
      chromium.run(
          "document.querySelector('#username').value = '%s';".formatted(id("ann"))
              + "document.querySelector('#password').value = '%s';"
                  .formatted(KeycloakServer.PASSWORD)
              + "document.querySelector('#kc-login').click()");
      chromium.awaitTitle("You are signed in to OSMO");
    }

    assertThat(login.get().out()).contains("Welcome ann Example.");
    assertThat(osmo.ok("auth", "status"))
        .contains("User: ann@example.com", "Signed in with: keycloak", "project-x, staff");
    assertThat(as(osmo).claims().getString("sub")).isEqualTo("ann@example.com");
  }

  @Test
  @Tag("I2")
  @Tag("I8")
  void a_group_that_is_removed_takes_its_role_from_the_next_jwt_and_from_every_access_token()
      throws Exception {
    OsmoCommand osmo = signIn("ben");
    String pat = createToken(osmo);
    assertThat(Http.as(stack.url(), pat).roles()).contains(PROJECT, STAFF);

    keycloak.leaveGroup(id("ben"), PROJECT);
    osmo.ok("auth", "refresh");

    assertThat(as(osmo).roles()).contains(STAFF).doesNotContain(PROJECT);
    assertThat(Http.as(stack.url(), pat).roles()).contains(STAFF).doesNotContain(PROJECT);
    awaitPruned("ben");
    keycloak.joinGroup(id("ben"), PROJECT);
    osmo.ok("auth", "refresh");
    assertThat(as(osmo).roles()).contains(PROJECT);
    assertThat(Http.as(stack.url(), pat).roles()).doesNotContain(PROJECT);
  }

  /** Keycloak leaves the claim out then. */
  @Test
  @Tag("I2")
  @Tag("I8")
  void the_last_group_takes_its_role_away_too() throws Exception {
    OsmoCommand osmo = signIn("gus");
    String pat = createToken(osmo);

    keycloak.leaveGroup(id("gus"), PROJECT);
    keycloak.leaveGroup(id("gus"), STAFF);
    osmo.ok("auth", "refresh");

    assertThat(as(osmo).roles()).contains(STAFF).doesNotContain(PROJECT);
    assertThat(Http.as(stack.url(), pat).roles()).doesNotContain(PROJECT);
    awaitPruned("gus");
  }

  /** Without waiting for a sign-in: a transmitter reports what an administrator changed. */
  @Test
  @Tag("I2")
  @Tag("I8")
  void a_group_that_is_removed_counts_as_soon_as_a_transmitter_reports_it() throws Exception {
    OsmoCommand osmo = signIn("jon");
    String pat = createToken(osmo);
    assertThat(Http.as(stack.url(), pat).roles()).contains(PROJECT, STAFF);

    keycloak.leaveGroup(id("jon"), PROJECT);
    outside.push(stack.url(), "token-claims-change", keycloak.issuer(), keycloak.idOf(id("jon")));

    Http.Response refused = Http.anonymous(stack.url()).exchange(pat);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.body()).contains("owner-must-sign-in");
    await()
        .atMost(Patience.LONG)
        .until(
            () -> {
              osmo.ok("auth", "refresh");
              return Http.anonymous(stack.url()).exchange(pat).status() == 200;
            });
    assertThat(as(osmo).roles()).contains(STAFF).doesNotContain(PROJECT);
    assertThat(Http.as(stack.url(), pat).roles()).contains(STAFF).doesNotContain(PROJECT);
    awaitPruned("jon");
  }

  @Test
  @Tag("I3")
  void a_revoked_session_and_a_directory_take_the_access_at_once() throws Exception {
    OsmoCommand osmo = signIn("kim");
    String pat = createToken(osmo);
    Http kim = as(osmo);

    outside.push(stack.url(), "session-revoked", keycloak.issuer(), keycloak.idOf(id("kim")));

    assertThat(kim.get("/api/profile/settings").status()).isEqualTo(401);
    assertThat(osmo.run("auth", "refresh").exitCode()).isEqualTo(4);
    assertThat(Http.anonymous(stack.url()).exchange(pat).status()).isEqualTo(200);
    outside.setActive(stack.url(), id("kim"), false);
    assertThat(Http.anonymous(stack.url()).exchange(pat).body()).contains("owner-disabled");
  }

  private static void awaitPruned(String name) {
    await()
        .atMost(Patience.LONG)
        .untilAsserted(
            () ->
                assertThat(
                        stack.sql(
                            "SELECT removed_by || ' ' || pruned_tokens FROM osmo.role_removal"
                                + " WHERE user_id = ? AND role_name = ?",
                            id(name),
                            PROJECT))
                    .isEqualTo("idp:keycloak 1"));
  }

  @Test
  @Tag("I3")
  void a_user_who_is_disabled_at_keycloak_gets_no_further_jwt() throws Exception {
    OsmoCommand osmo = signIn("cleo");
    keycloak.disable(id("cleo"));

    OsmoCommand.Run refused = osmo.run("auth", "refresh");

    assertThat(refused.err()).contains("Sign in again: osmo login " + stack.url());
    assertThat(refused.exitCode()).isEqualTo(4);
  }

  @Test
  @Tag("I3")
  void logout_ends_the_session_here_and_at_keycloak() throws Exception {
    OsmoCommand osmo = signIn("dora");
    Http dora = as(osmo);
    assertThat(dora.get("/api/profile/settings").status()).isEqualTo(200);
    assertThat(keycloak.offlineSessions(id("dora"))).isEqualTo(1);

    osmo.ok("logout");

    assertThat(dora.get("/api/profile/settings").status()).isEqualTo(401);
    assertThat(keycloak.offlineSessions(id("dora"))).isZero();
  }

  @Test
  void refresh_tokens_rotate_and_one_that_was_used_before_is_refused() throws Exception {
    OsmoCommand osmo = signIn("emil");
    String first = refreshToken(osmo);
    osmo.ok("auth", "refresh");
    String second = refreshToken(osmo);
    assertThat(second).isNotEqualTo(first);
    osmo.ok("auth", "refresh");

    assertThat(client.refresh(first).error()).isEqualTo("invalid_grant");
  }

  /** If two of them refreshed, Keycloak would refuse the second. */
  @Test
  void parallel_commands_refresh_an_expired_jwt_once() throws Exception {
    OsmoCommand osmo = signIn("hana");
    String before = refreshToken(osmo);
    osmo.letTheJwtGetOld();

    List<CompletableFuture<OsmoCommand.Run>> runs =
        IntStream.range(0, 20)
            .mapToObj(i -> new OsmoCommand(osmo.config()))
            .map(each -> each.start(Map.of(), "token", "list", "-q"))
            .toList();

    List<Integer> codes = new ArrayList<>();
    for (CompletableFuture<OsmoCommand.Run> run : runs) {
      codes.add(run.get().exitCode());
    }
    assertThat(codes).hasSize(20).containsOnly(0);
    assertThat(refreshToken(osmo)).isNotEqualTo(before);
  }

  private static String refreshToken(OsmoCommand osmo) throws IOException {
    return new JsonObject(Files.readString(osmo.config().resolve("credentials.json")))
        .getJsonObject("contexts")
        .getJsonObject("default")
        .getString("refresh_token");
  }

  @Test
  void a_device_signs_in_with_a_code_that_its_user_types_elsewhere() throws Exception {
    OsmoCommand osmo = osmo("fay");
    CompletableFuture<OsmoCommand.Run> login =
        osmo.start(Map.of(), "login", stack.url(), "--provider=keycloak", "--method=code");
    await()
        .atMost(Patience.LONG)
        .until(
            () ->
                Files.exists(osmo.standardError())
                    && CODE.matcher(Files.readString(osmo.standardError())).find());
    String said = Files.readString(osmo.standardError());
    URI page = URI.create(first(DEVICE_PAGE, said) + "?user_code=" + first(CODE, said));

    new KeycloakPages(id("fay")).signIn(page);

    assertThat(login.get().out()).contains("Welcome fay Example.");
    osmo.ok("auth", "refresh");
    assertThat(as(osmo).roles()).contains(PROJECT, STAFF);
  }

  private static String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1);
  }

  @Test
  @Tag("I9")
  void an_id_token_is_exchanged_and_an_access_token_is_not() throws Exception {
    JsonObject tokens =
        client.foreignTokens(id("ida"), keycloak.issuer() + "/protocol/openid-connect/token");

    SignInClient.Tokens exchanged = client.exchange(tokens.getString("id_token"));

    assertThat(new Http(stack.url(), exchanged.jwt()).roles()).contains(PROJECT, STAFF);
    assertThat(client.exchange(tokens.getString("access_token")).error())
        .isEqualTo("invalid_grant");
  }

  @Test
  void keycloak_refuses_a_sign_in_without_pkce() throws Exception {
    String page =
        client.login().getString("browser_endpoint")
            + "?response_type=code&scope=openid&state=s&client_id=osmo&redirect_uri="
            + SignInClient.REDIRECT;

    assertThat(location(page)).contains("error=invalid_request");
    assertThat(
            location(page + "&code_challenge=" + "x".repeat(43) + "&code_challenge_method=plain"))
        .contains("error=invalid_request");
  }

  /** Every address of a provider gets its name, which is what the command demands (RFC 9207). */
  @Test
  void keycloak_names_itself_in_each_redirect() throws Exception {
    assertThat(client.login().getBoolean("authorization_response_iss_parameter_supported"))
        .isTrue();
  }

  private static String location(String page) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(URI.create(page)).build(), BodyHandlers.ofString())
          .headers()
          .firstValue("Location")
          .orElse("");
    }
  }
}
