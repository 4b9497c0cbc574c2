package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.local.accounts.DemoUser;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.process.FreePorts;
import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * One data folder: the user guide step by step, a removed role, a killed launcher, a deleted user,
 * a failed service. The tests run in order, because each start of the whole system takes seconds.
 */
@TestMethodOrder(OrderAnnotation.class)
class WholeSystemIT {
  private static final String USER = "user@example.com";
  private static final Pattern TOKEN = Pattern.compile("osmo_[0-9A-Za-z]{34}");

  @TempDir static Path temp;

  private static Path data;
  private static int port;
  private static WorkloadIssuer issuer;
  private static Platforms platforms;
  private static RunningStack stack;
  private static OsmoCommand osmo;
  private static Path myToken;
  private static String myTokenExpires;
  private static String ciTokenExpires;

  @BeforeAll
  static void start() throws IOException {
    data = temp.resolve("da ta");
    myTokenExpires = LocalDate.now(ZoneOffset.UTC).plusDays(40).toString();
    ciTokenExpires = LocalDate.now(ZoneOffset.UTC).plusDays(39).toString();
    port = FreePorts.find(1).getFirst();
    osmo = new OsmoCommand(temp.resolve("config"));
    myToken = temp.resolve("my-token");
    issuer = WorkloadIssuer.trustedBy(DataFolder.open(data));
    platforms = Platforms.trustedBy(DataFolder.open(data), "http://localhost:" + port);
    // As after a build, on an empty folder: the services run for their caches before anything else
    // is there.
    stack = RunningStack.launch(data, port, "--train").awaitReady();
  }

  @AfterAll
  static void stop() throws Exception {
    stack.signal("TERM");
    stack.awaitExit();
    platforms.close();
  }

  private static Http admin() throws Exception {
    return Http.as(stack.url(), stack.file("admin-token"));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  @Order(1)
  void the_launcher_prints_addresses_files_and_commands() throws Exception {
    assertThat(stack.output())
        .contains(
            "Preparing faster starts (once, about a minute) …\n  ✔ Ahead-of-time caches",
            "osmo is running at " + stack.url(),
            "--token-file='" + data.toRealPath() + "/user-token'",
            "token set my-token");
    assertThat(permissions(stack.file("admin-token"))).isEqualTo("rw-------");
    assertThat(permissions(stack.file("user-token"))).isEqualTo("rw-------");
    assertThat(TOKEN.matcher(stack.output()).find())
        .as("no access token on the terminal")
        .isFalse();
  }

  @TestFactory
  @Order(1)
  Stream<DynamicTest> the_wire_contract() {
    return new WireContract(stack, ciTokenExpires).checks();
  }

  @TestFactory
  @Order(1)
  Stream<DynamicTest> every_cause_of_a_denial_is_explained() throws IOException {
    return new ExplainContract(stack, temp, ciTokenExpires).checks();
  }

  @TestFactory
  @Order(1)
  Stream<DynamicTest> people_sign_in() {
    return new SignInContract(stack, temp).checks();
  }

  @TestFactory
  @Order(1)
  Stream<DynamicTest> the_web_page() {
    WebPageVisits visits = new WebPageVisits(stack, temp);
    return Stream.of(
            new WebPageContract(visits).checks(),
            new WebPageSignInContract(visits).checks(),
            new WebPageAdministrationContract(visits).checks())
        .flatMap(checks -> checks);
  }

  @TestFactory
  @Order(1)
  Stream<DynamicTest> workloads_of_three_platforms() {
    return new WorkloadContract(stack, platforms, temp).checks();
  }

  @Test
  @Order(1)
  void a_workload_uses_a_token_that_has_no_secret() throws Exception {
    JsonObject robot =
        new JsonObject()
            .put("id", "robot@example.com")
            .put("roles", new JsonArray(List.of("osmo-user")));
    assertThat(admin().post("/api/auth/user", robot).status()).isEqualTo(200);
    String path = "/api/auth/user/robot@example.com/access_token/nightly";
    Http.Response created = admin().postEmpty(path + "?trust=test-ci:job-7");
    assertThat(created.text()).startsWith("pat_");
    OsmoCommand workload = new OsmoCommand(temp.resolve("workload"));
    Path token = temp.resolve("workload-token");
    Map<String, String> environment =
        Map.of(
            "OSMO_URL", stack.url(),
            "OSMO_WORKLOAD_PAT", "robot@example.com/nightly",
            "OSMO_WORKLOAD_TOKEN_FILE", token.toString());

    Files.writeString(token, issuer.tokenOf("job-7"));
    assertThat(workload.run(environment, "token", "list").out()).contains("nightly");

    Files.writeString(token, issuer.tokenOf("job-8"));
    OsmoCommand.Run stranger = workload.run(environment, "token", "list");
    assertThat(stranger.exitCode()).isEqualTo(4);
    assertThat(stranger.err()).contains("does not trust this workload", "the subject job-8");

    Files.writeString(token, issuer.tokenOf("job-7"));
    assertThat(admin().postEmpty(path + "/suspend").status()).isEqualTo(200);
    assertThat(workload.run(environment, "token", "list").err()).contains("suspended");
    assertThat(admin().delete("/api/auth/user/robot@example.com").status()).isEqualTo(200);
  }

  @Test
  @Order(2)
  void the_guide_sign_in_and_create() throws Exception {
    assertThat(
            osmo.ok(
                "login", stack.url(), "--method=token", "--token-file=" + stack.file("user-token")))
        .isEqualTo(Golden.output("login", Map.of("url", stack.url(), "name", USER)));

    String created =
        osmo.ok(
            "token",
            "set",
            "my-token",
            "--expires-at",
            myTokenExpires,
            "--description",
            "My automation token");
    Matcher token = TOKEN.matcher(created);
    assertThat(token.find()).isTrue();
    Files.writeString(myToken, token.group() + "\n");
    assertThat(created).isEqualTo(Golden.output("token-set", Map.of("token", token.group())));

    osmo.ok("token", "set", "ci-token", "-e", ciTokenExpires, "-d", "CI/CD pipeline");
  }

  @Test
  @Order(3)
  void the_guide_use_the_token() throws Exception {
    String text = Files.readString(myToken).strip();

    assertThat(osmo.ok("login", stack.url(), "--method=token", "--token=" + text))
        .isEqualTo(Golden.output("login", Map.of("url", stack.url(), "name", USER)));
    assertThat(osmo.ok("workflow", "list")).isEqualTo(Golden.output("workflow-list-empty"));
    assertThat(
            osmo.ok(
                "workflow",
                "submit",
                RunningStack.HOME.resolve("deploy/local/my-workflow.yaml").toString()))
        .isEqualTo(
            Golden.output(
                "workflow-submit",
                Map.of("name", "hello-1", "overview", stack.url() + "/workflows/hello-1")));
    assertThat(osmo.ok("workflow", "list")).contains("hello-1", USER);
    assertThat(osmo.ok("login", stack.url(), "--method=token", "--token-file=" + myToken))
        .contains(USER);
  }

  @Test
  @Order(4)
  void the_guide_list() throws Exception {
    assertThat(admin().delete("/api/auth/user/" + USER + "/access_token/user-token").body())
        .isEqualTo("null");

    assertThat(osmo.ok("token", "list"))
        .isEqualTo(
            Golden.output(
                "token-list",
                Map.of("my_token_expires", myTokenExpires, "ci_token_expires", ciTokenExpires)));
  }

  @Test
  @Order(5)
  void the_guide_roles() throws Exception {
    JsonArray granted =
        admin().get("/api/auth/user/" + USER + "/roles").object().getJsonArray("roles");
    Map<String, String> dates =
        Map.of(
            "osmo_user_assigned_on", assignedOn(granted, "osmo-user"),
            "osmo_ml_team_assigned_on", assignedOn(granted, "osmo-ml-team"));

    assertThat(osmo.ok("token", "roles", "my-token"))
        .isEqualTo(Golden.output("token-roles", dates));
  }

  private static String assignedOn(JsonArray granted, String role) {
    return granted.stream()
        .map(JsonObject.class::cast)
        .filter(grant -> grant.getString("role_name").equals(role))
        .map(grant -> grant.getString("assigned_at").substring(0, 10))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Order(6)
  @Tag("I2")
  void a_removed_role_is_not_in_the_next_jwt_and_not_on_the_token() throws Exception {
    String text = Files.readString(myToken).strip();
    assertThat(Http.as(stack.url(), text).roles()).containsExactly("osmo-ml-team", "osmo-user");

    assertThat(admin().delete("/api/auth/user/" + USER + "/roles/osmo-ml-team").body())
        .isEqualTo("null");

    assertThat(Http.as(stack.url(), text).roles()).containsExactly("osmo-user");
    assertThat(osmo.ok("token", "roles", "my-token"))
        .contains("- osmo-user (")
        .doesNotContain("osmo-ml-team");
  }

  @Test
  @Order(7)
  @Tag("I8")
  void the_exchange_prunes_the_removed_role_from_every_token() {
    await()
        .atMost(Patience.LONG)
        .untilAsserted(
            () ->
                assertThat(
                        stack.sql(
                            """
                            SELECT count(*)
                              FROM osmo.access_token_role r JOIN osmo.access_token t ON t.id = r.token_id
                             WHERE t.user_id = ? AND r.role_name = ?
                            """,
                            USER,
                            "osmo-ml-team"))
                    .isEqualTo("0"));
  }

  @Test
  @Order(8)
  @Tag("I5")
  void a_role_granted_again_is_not_restored_on_an_old_token() throws Exception {
    String text = Files.readString(myToken).strip();
    JsonObject role = new JsonObject().put("role_name", "osmo-ml-team");

    assertThat(admin().post("/api/auth/user/" + USER + "/roles", role).status()).isEqualTo(200);
    List<String> roles = Http.as(stack.url(), text).roles();
    admin().delete("/api/auth/user/" + USER + "/roles/osmo-ml-team");

    assertThat(roles).containsExactly("osmo-user");
  }

  @Test
  @Order(9)
  void a_second_launcher_is_refused_with_a_clear_message() throws Exception {
    RunningStack sameFolder = RunningStack.launch(data, FreePorts.find(1).getFirst());
    RunningStack samePort = RunningStack.launch(temp.resolve("other"), port);

    assertThat(sameFolder.awaitExit()).isEqualTo(1);
    assertThat(sameFolder.output().strip().lines())
        .singleElement()
        .asString()
        .contains("osmo: ", "in use", "--data");
    assertThat(samePort.awaitExit()).isEqualTo(1);
    assertThat(samePort.output().strip().lines())
        .singleElement()
        .asString()
        .contains("osmo: ", "Port " + port + " is taken", "--port");
  }

  @Test
  @Order(20)
  @Tag("I12")
  void a_killed_launcher_loses_no_data_and_the_next_start_stops_its_orphans() throws Exception {
    String text = Files.readString(myToken).strip();
    stack.signal("KILL");
    stack.awaitExit();
    List<ProcessHandle> orphans = stack.children();
    assertThat(orphans).as("the processes of a killed launcher").isNotEmpty();

    stack = RunningStack.launch(data, port, "--demo").awaitText("The tutorial is complete");

    assertThat(orphans).noneMatch(ProcessHandle::isAlive);
    assertThat(stack.output()).contains("Processes of a killed launcher");
    assertThat(Http.as(stack.url(), text).roles()).containsExactly("osmo-user");
    assertThat(osmo.ok("workflow", "list")).contains("hello-1");
  }

  @Test
  @Order(21)
  void the_demo_shows_how_a_removed_role_leaves_the_tokens() throws Exception {
    assertThat(stack.output())
        .contains(
            "Would remove role osmo-ml-team from demo-scene@example.com",
            "keeps osmo-user",
            "keeps no role",
            "Removed role: osmo-ml-team",
            "| nightly       |                         | No roles | ",
            "Access token nightly has no roles left. The role osmo-ml-team was removed",
            "User deleted: demo-scene@example.com");
    assertThat(admin().get("/api/auth/user/demo-scene@example.com").status()).isEqualTo(404);
  }

  @Test
  @Order(21)
  void the_demo_shows_the_user_guide_and_deletes_its_token() throws Exception {
    assertThat(stack.output())
        .contains(
            "$ osmo login " + stack.url(),
            "$ osmo token set demo-token",
            "$ osmo token list",
            "$ osmo token roles demo-token",
            "$ osmo workflow submit",
            "$ osmo workflow list",
            Golden.output("token-delete").replace("my-token", "demo-token"),
            Golden.output("logout"));
    assertThat(tokenNames()).containsExactlyInAnyOrder("my-token", "ci-token", "user-token");
    assertThat(stack.file("demo")).doesNotExist();
  }

  private static List<String> tokenNames() throws Exception {
    return admin().get("/api/auth/user/" + USER + "/access_token").array().stream()
        .map(entry -> ((JsonObject) entry).getString("token_name"))
        .toList();
  }

  @Test
  @Order(22)
  void a_role_that_an_administrator_removed_is_not_granted_again_by_the_next_start()
      throws Exception {
    JsonArray roles =
        admin().get("/api/auth/user/" + USER + "/roles").object().getJsonArray("roles");

    assertThat(roles.stream().map(role -> ((JsonObject) role).getString("role_name")))
        .containsExactly("osmo-user");
  }

  @Test
  @Order(23)
  void the_guide_delete_and_log_out() throws Exception {
    assertThat(osmo.ok("token", "delete", "my-token")).isEqualTo(Golden.output("token-delete"));
    assertThat(osmo.ok("logout")).isEqualTo(Golden.output("logout"));
    assertThat(Http.anonymous(stack.url()).exchange(Files.readString(myToken).strip()).status())
        .isEqualTo(401);
  }

  /** The launcher prepares the demo user at each start in this way. */
  @Test
  @Order(30)
  void a_user_that_an_administrator_deleted_is_not_created_again() throws Exception {
    String adminToken = Files.readString(stack.file("admin-token"));
    assertThat(admin().delete("/api/auth/user/" + USER).body()).isEqualTo("null");

    Optional<String> note = new DemoUser(DataFolder.open(data), stack.url()).prepare();

    assertThat(note)
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains(USER + " was deleted by an administrator and is not created again"));
    assertThat(admin().get("/api/auth/user/" + USER).status()).isEqualTo(404);
    assertThat(stack.file("admin-token")).hasContent(adminToken);
    assertThat(admin().get("/api/auth/access_token").array()).hasSize(1);
  }

  @Test
  @Order(31)
  void a_service_that_exits_is_reported_and_stops_the_stack() throws Exception {
    ProcessHandle exchange =
        stack.children().stream()
            .filter(
                child -> child.info().commandLine().orElse("").contains("auth-exchange-service"))
            .findFirst()
            .orElseThrow();

    exchange.destroyForcibly();

    assertThat(stack.awaitExit()).isEqualTo(1);
    assertThat(stack.output())
        .contains(
            "osmo: auth-exchange-service exited unexpectedly",
            "auth-exchange-service.log",
            "Stopped all processes.");
    assertThat(stack.children()).isEmpty();
  }
}
