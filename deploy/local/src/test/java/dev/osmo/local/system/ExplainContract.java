package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Every cause of a denial, brought about in the running stack and explained by the real command.
 * The expected texts are those of the golden outputs and of {@code denials.json}.
 */
final class ExplainContract {
  private static final String USER = "explained@example.com";
  private static final Pattern NEXT = Pattern.compile("(?m)^  osmo (.+)$");
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

  private final RunningStack stack;
  private final OsmoCommand byOwner;
  private final OsmoCommand byAdmin;
  private final String expires;
  private final JsonObject denials;

  ExplainContract(RunningStack stack, Path config, String expires) throws IOException {
    this.stack = stack;
    this.byOwner = new OsmoCommand(config.resolve("owner"));
    this.byAdmin = new OsmoCommand(config.resolve("admin"));
    this.expires = expires;
    this.denials =
        new JsonObject(
            Files.readString(RunningStack.HOME.resolve("src-docs/contracts/denials.json")));
  }

  /** In this order, because the owner is disabled at the end. */
  Stream<DynamicTest> checks() {
    return Stream.of(
        dynamicTest("explained: a user with one token for each cause", this::prepare),
        dynamicTest("explained: a removed role", this::roleRemoved),
        dynamicTest("explained: no roles left", this::noRolesLeft),
        dynamicTest("explained: an expired token", this::expired),
        dynamicTest("explained: a suspended token", this::suspended),
        dynamicTest("explained: a leak report", this::leakReport),
        dynamicTest("explained: a rotated token", this::rotatedOut),
        dynamicTest("explained: a role that the token never had", this::roleNeverHeld),
        dynamicTest("explained: a downscoped JWT", this::jwtDownscoped),
        dynamicTest("explained: a disabled owner", this::ownerDisabled));
  }

  private void prepare() throws Exception {
    JsonArray roles = new JsonArray(List.of("osmo-admin", "osmo-ml-team", "osmo-user"));
    JsonObject user = new JsonObject().put("id", USER).put("roles", roles);
    assertThat(admin().post("/api/auth/user", user).status()).isEqualTo(200);
    logIn(byOwner, token("own", "osmo-admin", "osmo-user"));
  }

  private void roleRemoved() throws Exception {
    token("fewer", "osmo-ml-team", "osmo-user");
    token("empty", "osmo-ml-team");

    admin().delete("/api/auth/user/" + USER + "/roles/osmo-ml-team");

    assertThat(explained("fewer"))
        .isEqualTo(golden("role-removed", "fewer").replace("ci, laptop", "empty"));
  }

  private void noRolesLeft() throws Exception {
    assertThat(explained("empty"))
        .isEqualTo(golden("no-roles-left", "empty").replace("ci, laptop", "fewer"));
  }

  private void expired() throws Exception {
    token("expired", "osmo-user");

    stack.sql(
        "UPDATE osmo.access_token SET expires_at = now() WHERE name = ? RETURNING name", "expired");

    assertThat(explained("expired")).isEqualTo(golden("expired", "expired"));
  }

  private void suspended() throws Exception {
    String token = token("suspended", "osmo-user");

    Http.as(stack.url(), token).postEmpty("/api/auth/access_token/self/suspend");

    assertThat(explained("suspended")).isEqualTo(golden("suspended", "suspended"));
  }

  private void leakReport() throws Exception {
    JsonArray leaked = new JsonArray().add(token("leaked", "osmo-user"));

    Http.anonymous(stack.url()).post("/api/auth/leaked", new JsonObject().put("tokens", leaked));

    assertThat(explained("leaked")).isEqualTo(golden("leak-report", "leaked"));
  }

  private void rotatedOut() throws Exception {
    String token = token("rotated", "osmo-user");

    Http.as(stack.url(), token).postEmpty("/api/auth/access_token/self/rotate?grace=0h");

    assertThat(explained("rotated")).isEqualTo(golden("rotated-out", "rotated"));
  }

  private void roleNeverHeld() throws Exception {
    Http narrow = Http.as(stack.url(), token("narrow", "osmo-user"));

    assertThat(denial(narrow)).isEqualTo(message("forbidden: role-never-held", "narrow"));
  }

  private void jwtDownscoped() throws Exception {
    String jwt = byOwner.ok("auth", "token", "--roles=osmo-user").strip();

    assertThat(denial(new Http(stack.url(), jwt)))
        .isEqualTo(message("forbidden: jwt-downscoped", "own"));
  }

  private void ownerDisabled() throws Exception {
    admin().postEmpty("/api/auth/user/" + USER + "/disable");
    logIn(byAdmin, Files.readString(stack.file("admin-token")).strip());

    assertThat(explained(byAdmin, "token", "explain", "own", "--user", USER))
        .isEqualTo(
            golden("owner-disabled", "own").replace("Roles: ", "Roles: osmo-admin, ")
                + "Next:\n  osmo user update "
                + USER
                + " --enable\n");
  }

  /** Of the 403 for a request that requires {@code osmo-admin}. */
  private static String denial(Http http) throws Exception {
    return http.get("/api/auth/user").object().getJsonObject("denial").getString("message");
  }

  private String explained(String name) throws Exception {
    return explained(byOwner, "token", "explain", name);
  }

  /** Also checks that every command to type next is one. */
  private static String explained(OsmoCommand osmo, String... arguments) throws Exception {
    String text = osmo.ok(arguments);
    for (MatchResult next : NEXT.matcher(text).results().toList()) {
      osmo.ok((next.group(1) + " --help").split(" ", -1));
    }
    return withoutTimes(text);
  }

  private String golden(String reason, String name) throws IOException {
    return named(
        Golden.output("token-explain-" + reason, Map.of("message", message(reason, name))), name);
  }

  private String message(String reason, String name) {
    Stream<JsonObject> causes =
        Stream.concat(
                denials.getJsonArray("causes").stream(),
                denials
                    .getJsonObject("history")
                    .getJsonObject("response")
                    .getJsonArray("causes")
                    .stream())
            .map(JsonObject.class::cast);
    JsonObject refusal = denials.getJsonObject("refusals").getJsonObject(reason);
    JsonObject cause =
        refusal != null
            ? refusal.getJsonObject("denial")
            : causes
                .filter(each -> each.getString("reason").equals(reason))
                .findFirst()
                .orElseThrow();
    return named(cause.getString("message"), name);
  }

  private static String named(String text, String name) {
    return withoutTimes(text.replace("my-token", name).replace("user@example.com", USER));
  }

  private static String withoutTimes(String text) {
    return TIME.matcher(text).replaceAll("(time)");
  }

  private Http admin() throws Exception {
    return Http.as(stack.url(), stack.file("admin-token"));
  }

  private void logIn(OsmoCommand osmo, String token) throws Exception {
    osmo.ok("login", stack.url(), "--method=token", "--token=" + token);
  }

  private String token(String name, String... roles) throws Exception {
    return admin()
        .postEmpty(
            "/api/auth/user/%s/access_token/%s?expires_at=%s&roles=%s"
                .formatted(USER, name, expires, String.join("&roles=", roles)))
        .text();
  }
}
