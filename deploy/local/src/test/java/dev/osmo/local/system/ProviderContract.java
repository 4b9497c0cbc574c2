package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.osmo.devprovider.DevProvider;
import dev.osmo.local.provider.ScriptedBrowser;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What users of the command notice of their identity provider: while it is away, and when they have
 * not signed in there for too long.
 */
final class ProviderContract {
  private static final int TRY_LATER = 75;
  private static final String AWAY =
      "Error: The identity provider leaving is not available, or refuses the requests of this"
          + " system. Try again in a moment.\n";

  private final RunningStack stack;
  private final Path folder;

  ProviderContract(RunningStack stack, Path folder) {
    this.stack = stack;
    this.folder = folder;
  }

  /**
   * @param leaving the provider of this name, which goes away for a while
   * @param itsUser a user of it
   * @param user a user of the provider {@code test}
   */
  Stream<DynamicTest> checks(DevProvider leaving, String itsUser, String user) {
    return Stream.of(
        dynamicTest("the provider is away", () -> away(leaving, itsUser)),
        dynamicTest("the owner of a token must sign in again", () -> signInAgain(user)));
  }

  private void away(DevProvider leaving, String user) throws Exception {
    OsmoCommand session = signedIn("leaving", user);
    OsmoCommand token = withNewToken(session, user);
    leaving.goAway();
    awaitOffer(503);

    assertThat(session.ok("auth", "status")).contains("Signed in with: leaving");
    token.letTheJwtGetOld();
    assertThat(token.ok("auth", "status")).contains("Token: ci", "Roles: ");
    assertAway(newcomer("pkce", user));
    assertAway(newcomer("code", user));
    signedIn("dev", "user@example.com").ok("logout");
    session.letTheJwtGetOld();
    OsmoCommand.Run expired = session.run("token", "list");
    assertThat(expired.err()).contains("The identity provider is not available");
    assertThat(expired.exitCode()).isEqualTo(TRY_LATER);

    leaving.comeBack();
    assertThat(session.ok("token", "list", "-q")).isEqualTo("ci\n");
    awaitOffer(200);
    assertThat(newcomer("pkce", user).exitCode()).isZero();
  }

  private void awaitOffer(int status) {
    await()
        .atMost(Patience.LONG)
        .until(
            () ->
                Http.anonymous(stack.url()).get("/api/auth/login?provider=leaving").status()
                    == status);
  }

  private OsmoCommand.Run newcomer(String method, String user) throws Exception {
    return new OsmoCommand(folder.resolve("newcomer-" + method))
        .run(choosing(user), "login", stack.url(), "--provider=leaving", "--method=" + method);
  }

  private static void assertAway(OsmoCommand.Run login) {
    assertThat(login.err()).startsWith(AWAY);
    assertThat(login.exitCode()).isEqualTo(TRY_LATER);
  }

  private void signInAgain(String user) throws Exception {
    OsmoCommand session = signedIn("test", user);
    OsmoCommand token = withNewToken(session, user);
    OsmoCommand.Run early = token.run("auth", "status");
    assertThat(early.out()).contains("Token: ci", "Sign-in due at (UTC): 2");
    assertThat(early.err()).isEmpty();

    signedInAgo("24 days", user);
    OsmoCommand.Run warned = token.run("auth", "status");
    assertThat(warned.err())
        .startsWith("WARNING: Access token ci needs a sign-in of its owner before 2")
        .endsWith(" UTC. Run: osmo login\n");
    assertThat(warned.exitCode()).isZero();

    signedInAgo("31 days", user);
    token.letTheJwtGetOld();
    assertRefused(token.run("auth", "status"));
    assertRefused(token.run("workflow", "list"));
    assertThat(token.run("auth", "explain").out())
        .contains("Token: ci", "It is refused (owner-must-sign-in):", "Next:\n  osmo login\n");
    assertThat(session.ok("token", "list")).contains("Sign in again");

    signIn(session, "test", user);
    OsmoCommand.Run accepted = token.run("auth", "status");
    assertThat(accepted.exitCode()).isZero();
    assertThat(accepted.err()).isEmpty();
  }

  private void assertRefused(OsmoCommand.Run run) {
    assertThat(run.err()).contains("sign in again", "osmo login");
    assertThat(run.exitCode()).isEqualTo(4);
  }

  private void signedInAgo(String age, String user) throws Exception {
    stack.sql(
        "UPDATE osmo.user_identity SET verified_at = now() - CAST(? AS interval) WHERE user_id = ?"
            + " RETURNING user_id",
        age,
        user);
  }

  private OsmoCommand signedIn(String provider, String user) throws Exception {
    OsmoCommand osmo = new OsmoCommand(folder.resolve("session-" + provider));
    signIn(osmo, provider, user);
    return osmo;
  }

  private void signIn(OsmoCommand osmo, String provider, String user) throws Exception {
    OsmoCommand.Run login =
        osmo.run(choosing(user), "login", stack.url(), "--provider=" + provider, "--method=pkce");
    assertThat(login.exitCode()).as(login.err()).isZero();
  }

  /** A command that uses a new access token of this session. */
  private OsmoCommand withNewToken(OsmoCommand session, String user) throws Exception {
    String secret = session.ok("token", "set", "ci", "--quiet").strip();
    OsmoCommand osmo = new OsmoCommand(folder.resolve("token-of-" + user));
    osmo.ok("login", stack.url(), "--token=" + secret);
    return osmo;
  }

  private Map<String, String> choosing(String user) throws IOException {
    Path script = folder.resolve("as-" + user);
    return Map.of("BROWSER", ScriptedBrowser.write(script, user).file().toString());
  }
}
