package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.osmo.devprovider.browser.FormBrowser;
import dev.osmo.local.provider.ScriptedBrowser;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** People sign in to the running stack through its identity provider, with the real command. */
final class SignInContract {
  private static final Pattern PAGE = Pattern.compile("(?m)^http://127\\.0\\.0\\.1:\\d+/device$");
  private static final Pattern CODE = Pattern.compile("(?m)^and enter the code: (\\S+)$");

  private final RunningStack stack;
  private final Path folder;

  SignInContract(RunningStack stack, Path folder) {
    this.stack = stack;
    this.folder = folder;
  }

  Stream<DynamicTest> checks() {
    return Stream.of(
        dynamicTest("sign-in: with the browser", this::withTheBrowser),
        dynamicTest("sign-in: with Chromium", this::withChromium),
        dynamicTest("sign-in: nobody is waited for in a pipe", this::inAPipe),
        dynamicTest("sign-in: with a code on another device", this::onAnotherDevice),
        dynamicTest("sign-in: a person without roles is told to ask for one", this::withoutGroups),
        dynamicTest("sign-in: cancelled at the provider", this::cancelled),
        dynamicTest("sign-in: 20 commands refresh an expired JWT once", this::oneRefresh),
        dynamicTest("sign-in: an ended session says how to sign in again", this::ended),
        dynamicTest(
            "sign-in: 20 commands notice once that the session has ended", this::endedForMany));
  }

  private void withTheBrowser() throws Exception {
    OsmoCommand osmo = osmo("browser");

    OsmoCommand.Run login =
        osmo.startAtTerminal(choosing("admin@example.com"), "login", stack.url()).get();

    assertThat(login.exitCode()).as(login.out()).isZero();
    assertThat(login.out())
        .startsWith(
            "Logging in to %s\nYour browser opens the sign-in page of ".formatted(stack.url()))
        .endsWith("\nSuccessfully logged in. Welcome admin@example.com.\n");
    assertThat(osmo.ok("auth", "status"))
        .contains("User: admin@example.com", "Signed in with: dev", "osmo-admin");
    assertThat(osmo.ok("token", "set", "from-session")).contains("osmo_");
    assertThat(osmo.ok("token", "delete", "from-session")).contains("deleted");
    assertThat(osmo.ok("user", "list", "-q")).contains("user@example.com");
    osmo.ok("logout");
  }

  /** Presses the button in a real browser, and reads the page that it shows at the end. */
  private void withChromium() throws Exception {
    Assumptions.assumeTrue(Chromium.isInstalled(), "SKIPPED: chromium is not installed");
    OsmoCommand osmo = osmo("chromium");
    PageFile page = PageFile.in(folder, "chromium");
    CompletableFuture<OsmoCommand.Run> login =
        osmo.startAtTerminal(page.variables(), "login", stack.url());

    try (Chromium chromium = Chromium.start(folder.resolve(".chromium"))) {
      chromium.open(page.await());
      chromium.awaitLoaded("Sign in to osmo-cli");
      chromium.run("document.querySelector('button[value=\"user@example.com\"]').click()");
      chromium.awaitTitle("You are signed in to OSMO");
    }

    assertThat(login.get().out()).contains("Welcome user@example.com.");
    osmo.ok("logout");
  }

  /** Although a browser is named, which would sign in. */
  private void inAPipe() throws Exception {
    OsmoCommand osmo = osmo("pipe");

    OsmoCommand.Run login = osmo.run(choosing("user@example.com"), "login", stack.url());

    assertThat(login.err()).contains("there is no terminal", "--token-file=<file>");
    assertThat(login.exitCode()).isEqualTo(2);
    assertThat(osmo.config()).doesNotExist();
  }

  private void onAnotherDevice() throws Exception {
    OsmoCommand osmo = osmo("device");
    CompletableFuture<OsmoCommand.Run> login =
        osmo.start(Map.of(), "login", stack.url(), "--method=code");

    String said = awaitCode(osmo);
    new FormBrowser("user@example.com")
        .signIn(URI.create(first(PAGE, said, 0) + "?user_code=" + first(CODE, said, 1)));

    assertThat(login.get().out()).contains("Welcome user@example.com.");
    assertThat(osmo.ok("auth", "status")).contains("osmo-ml-team, osmo-user");
    osmo.ok("logout");
  }

  private void withoutGroups() throws Exception {
    OsmoCommand osmo = osmo("guest");

    OsmoCommand.Run login =
        osmo.run(choosing("guest@example.com"), "login", stack.url(), "--method=pkce");

    assertThat(login.err()).contains("You have no roles here. Ask an administrator for a role.");
    assertThat(login.exitCode()).isEqualTo(4);
  }

  private void cancelled() throws Exception {
    OsmoCommand osmo = osmo("cancelled");

    OsmoCommand.Run login = osmo.run(choosing(""), "login", stack.url(), "--method=pkce");

    assertThat(login.err()).contains("refused the sign-in", "access_denied");
    assertThat(login.exitCode()).isEqualTo(4);
  }

  private void oneRefresh() throws Exception {
    OsmoCommand osmo = osmo("parallel");
    signIn(osmo);
    double before = renewals();
    osmo.letTheJwtGetOld();

    assertThat(exitCodesOfMany(osmo)).containsOnly(0);
    assertThat(renewals() - before).isEqualTo(1);
    osmo.ok("logout");
  }

  private double renewals() throws IOException, InterruptedException {
    return stack.metric("token-service", "osmo_sign_ins_total{outcome=\"renewed\"}");
  }

  private void ended() throws Exception {
    OsmoCommand osmo = osmo("ended");
    signIn(osmo);
    Path copy = osmo.config().resolveSibling("copy");
    Files.createDirectory(copy);
    Files.copy(osmo.config().resolve("credentials.json"), copy.resolve("credentials.json"));
    osmo.ok("logout");

    OsmoCommand.Run later = new OsmoCommand(copy).run("token", "list");

    assertThat(later.err())
        .isEqualTo(
            "Error: Your sign-in has ended (The session has ended). Sign in again: osmo login "
                + stack.url()
                + "\n");
    assertThat(later.exitCode()).isEqualTo(4);
  }

  /** Their JWT is still fresh, so each first learns from token-service that it is not valid. */
  private void endedForMany() throws Exception {
    OsmoCommand osmo = osmo("ended-for-many");
    signIn(osmo);
    assertThat(osmo.ok("auth", "sessions", "list")).contains("dev", "this one");
    assertThat(osmo.ok("auth", "sessions", "end", "--all")).startsWith("Sessions ended: ");
    String refused = "osmo_sign_in_total{kind=\"refresh\",outcome=\"session-ended\"}";
    double before = stack.metric("auth-exchange-service", refused);

    assertThat(exitCodesOfMany(osmo)).containsOnly(4);
    assertThat(stack.metric("auth-exchange-service", refused) - before).isEqualTo(1);
  }

  private static List<Integer> exitCodesOfMany(OsmoCommand osmo) throws Exception {
    List<CompletableFuture<OsmoCommand.Run>> runs =
        IntStream.range(0, 20)
            .mapToObj(i -> new OsmoCommand(osmo.config()).start(Map.of(), "token", "list", "-q"))
            .toList();
    List<Integer> codes = new ArrayList<>();
    for (CompletableFuture<OsmoCommand.Run> run : runs) {
      codes.add(run.get().exitCode());
    }
    return codes;
  }

  private void signIn(OsmoCommand osmo) throws Exception {
    OsmoCommand.Run login =
        osmo.run(choosing("user@example.com"), "login", stack.url(), "--method=pkce");
    assertThat(login.exitCode()).as(login.err()).isZero();
  }

  private OsmoCommand osmo(String name) {
    return new OsmoCommand(folder.resolve("sign-in-" + name));
  }

  private Map<String, String> choosing(String user) throws IOException {
    Path script = folder.resolve("choosing-" + user);
    return Map.of("BROWSER", ScriptedBrowser.write(script, user).file().toString());
  }

  /** What the running command says; waits for the code. */
  private static String awaitCode(OsmoCommand osmo) {
    await()
        .atMost(Patience.LONG)
        .until(() -> Files.exists(osmo.standardError()) && CODE.matcher(said(osmo)).find());
    return said(osmo);
  }

  private static String said(OsmoCommand osmo) {
    try {
      return Files.readString(osmo.standardError());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String first(Pattern pattern, String text, int group) {
    Matcher found = pattern.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(group);
  }
}
