package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** People use the web page of the running stack in Chromium. Each check opens the page anew. */
final class WebPageContract {
  private static final String HOSTILE =
      "<img src=x onerror=\"window.pwned=1\">'\"&amp;<script>window.pwned=1</script> \u05d8\u05e7\u05e1\u05d8";
  private static final int MORE_THAN_A_PAGE = 53;
  private static final String USER = "user@example.com";
  private static final String ADMIN = "admin@example.com";

  private final RunningStack stack;
  private final Path folder;

  WebPageContract(RunningStack stack, Path folder) {
    this.stack = stack;
    this.folder = folder;
  }

  private interface Check {
    void run(WebPage page, Owner owner) throws Exception;
  }

  /** A user of one check, with a token for signing in. */
  private record Owner(String id, String token) {}

  Stream<DynamicTest> checks() {
    return Stream.of(
        check("a token is created with fewer roles, and shown once", this::create),
        check("a token is rotated, suspended, resumed and deleted", this::change),
        check("every view is accessible, in light and dark, wide and narrow", this::accessible),
        check("hostile text stays text", this::hostile),
        check("a pasted token is only in the memory of the page", this::onlyInMemory),
        check("everything can be done with the keyboard", this::withTheKeyboard),
        check("what was typed survives the end of the sign-in", this::signInAgain),
        check("a new sign-in that ends at once is followed by another one", this::signInTwice),
        check("a page of which a file is missing during an update starts later", this::update),
        check(
            "an unreachable server and a refusal are explained, and nothing is sent twice",
            this::failures),
        check("many tokens are shown a page at a time", this::manyTokens),
        check(
            "a person signs in through the provider, and no script sees the session",
            this::provider),
        check("a response that did not begin here signs nobody in", this::forgedResponse),
        check("a response of another provider signs nobody in", this::responseOfAnother),
        check("what one person began is not sent by the next one", this::anotherPerson),
        check("a person sees and ends the own sessions", this::sessions),
        check("a session that was ended elsewhere leaves no cookie", this::endedElsewhere),
        check(
            "an administrator sees what a removal does, removes, and finds it in the audit",
            this::removal),
        check("an administrator searches the audit by time", this::auditByTime),
        check(
            "another user is not offered what only administrators may do", this::notAdministrator));
  }

  private DynamicTest check(String name, Check check) {
    Executable run =
        () -> {
          assumeTrue(Chromium.isInstalled(), "SKIPPED: chromium is not installed");
          Owner owner = newOwner();
          try (Chromium browser =
              Chromium.start(folder.resolve(".chromium-" + UUID.randomUUID()))) {
            browser.show(1280, 900, "light");
            check.run(new WebPage(browser, stack.url()).open(), owner);
          }
        };
    return dynamicTest("web page: " + name, run);
  }

  private void create(WebPage page, Owner owner) throws Exception {
    page.signIn(owner.token());
    page.press("New token");
    page.awaitHeading("New token");
    page.fill("Name", "nightly");
    page.fill("Description", "Builds at night");
    page.choose("Valid for", "7d");
    page.toggle("osmo-ml-team");
    page.press("Create token");
    page.awaitDialog("Token created");
    page.hasNoViolations("created");
    String text = page.text(".secret");
    page.escape();
    page.awaitDialog("Token created");
    page.press("I have saved it");
    page.awaitHeading("nightly");

    assertThat(Http.as(stack.url(), text).roles()).containsExactly("osmo-user");
    assertThat(page.shows(text)).as("shown once").isFalse();
    page.awaitText("in 7 days");
    page.awaitText("Builds at night");
    page.goTo("#/tokens", "Access tokens");
    page.awaitText("nightly");
  }

  private void change(WebPage page, Owner owner) throws Exception {
    String first = Http.as(stack.url(), owner.token()).postEmpty(own("laptop")).text();
    page.signIn(owner.token());
    page.goTo("#/tokens/laptop", "laptop");

    page.press("Rotate");
    page.awaitDialog("Rotate laptop");
    page.hasNoViolations("rotate");
    page.choose("How long the old secret stays valid", "PT0S");
    press(page, "Rotate", "New secret");
    page.hasNoViolations("rotated");
    String second = page.text(".secret");
    page.press("I have saved it");
    page.awaitNoDialog();
    assertThat(exchanged(first)).isEqualTo(401);
    assertThat(exchanged(second)).isEqualTo(200);

    page.press("Suspend");
    page.awaitDialog("Suspend laptop");
    page.hasNoViolations("suspend");
    page.press("Suspend");
    page.awaitText("was suspended by " + owner.id());
    assertThat(exchanged(second)).isEqualTo(401);
    page.press("Resume");
    page.awaitDialog("Resume laptop");
    page.hasNoViolations("resume");
    page.press("Resume");
    page.awaitNoDialog();
    page.browser().awaitTrue("document.querySelector('.badge').textContent === 'Active'");
    assertThat(exchanged(second)).isEqualTo(200);

    page.press("Delete");
    page.awaitDialog("Delete laptop");
    page.fill("To confirm, type laptop", "lapto");
    page.press("Delete token");
    assertThat(exchanged(second)).as("without the whole name").isEqualTo(200);
    page.fill("To confirm, type laptop", "laptop");
    page.press("Delete token");
    page.awaitHeading("Access tokens");
    assertThat(exchanged(second)).isEqualTo(401);
    assertThat(page.text("tbody")).doesNotContain("laptop");
  }

  private static void press(WebPage page, String button, String nextDialog)
      throws InterruptedException {
    page.press(button);
    page.awaitDialog(nextDialog);
  }

  private void accessible(WebPage page, Owner owner) throws Exception {
    Http api = Http.as(stack.url(), owner.token());
    api.postEmpty(own("laptop") + "?description=" + encoded("Of " + "x".repeat(300)));
    api.postEmpty(own("old") + "?roles=osmo-ml-team");
    api.postEmpty(own("laptop") + "/suspend");
    page.hasNoViolations("sign-in");
    page.signIn(owner.token());
    page.hasNoViolations("tokens");
    page.goTo("#/new", "New token");
    page.hasNoViolations("new");
    page.goTo("#/tokens/laptop", "laptop");
    page.hasNoViolations("suspended");
    page.press("Delete");
    page.awaitDialog("Delete laptop");
    page.hasNoViolations("delete");
    page.escape();
    page.awaitNoDialog();
    admin().delete(user(owner) + "/roles/osmo-ml-team");
    page.goTo("#/tokens/old", "old");
    page.awaitText("osmo-ml-team was removed by admin@example.com");
    page.hasNoViolations("lost");
    page.goTo("#/tokens/missing", "Not shown");
    page.hasNoViolations("problem");

    page.open().signIn(adminToken());
    for (String view : List.of("Users", "Roles", "Audit")) {
      page.press(view);
      page.awaitHeading(view);
      page.hasNoViolations(view.toLowerCase(Locale.ROOT));
    }
    page.goTo("#/roles/osmo-user", "osmo-user");
    page.hasNoViolations("role");
    page.goTo("#/users/" + encoded(owner.id()), owner.id());
    page.hasNoViolations("user");
    page.press("Grant a role");
    page.awaitDialog("Grant a role to " + owner.id());
    page.hasNoViolations("grant");
    page.escape();
    page.awaitNoDialog();
    page.press("Remove …");
    page.awaitDialog("Remove osmo-user");
    page.hasNoViolations("removal");

    page.browser().open(URI.create(stack.url() + "/ui/problems#token-expired"));
    page.browser().awaitTitle("Problems · osmo");
    page.hasNoViolations("problems");
  }

  private void hostile(WebPage page, Owner owner) throws Exception {
    Http api = Http.as(stack.url(), owner.token());
    assertThat(api.postEmpty(own("bait") + "?description=" + encoded(HOSTILE)).status())
        .isEqualTo(200);
    page.signIn(owner.token());
    page.awaitText(HOSTILE);
    page.goTo("#/tokens/bait", "bait");
    page.awaitText(HOSTILE);
    page.goTo(
        "#/tokens/" + encoded("<img src=x onerror=window.pwned=1>").replace("+", "%20"),
        "Not shown");

    assertThat(page.browser().run("window.pwned === undefined")).isEqualTo(true);
    assertThat(page.browser().run("document.querySelectorAll('main img, main script').length"))
        .isEqualTo(0);
    assertThat(
            page.browser()
                .run(
                    "(() => { try { document.body.innerHTML = 'x'; return 'parsed'; } catch { return 'refused'; } })()"))
        .as("trusted types")
        .isEqualTo("refused");
  }

  private void onlyInMemory(WebPage page, Owner owner) throws Exception {
    page.signIn(owner.token());

    assertThat(page.browser().run("localStorage.length + sessionStorage.length")).isEqualTo(0);
    assertThat(page.browser().cookies()).isEmpty();
    assertThat(page.shows(owner.token())).isFalse();
    assertThat(page.browser().run("location.href")).isEqualTo(stack.url() + "/");
    assertThat(
            page.browser()
                .run(
                    "performance.getEntriesByType('resource').every((each) => each.name.startsWith(location.origin + '/'))"))
        .as("no request to another origin")
        .isEqualTo(true);
    page.open();
    page.awaitText("Sign in with this token");
  }

  private void withTheKeyboard(WebPage page, Owner owner) throws Exception {
    page.awaitText("Sign in with this token");
    page.tabTo("Access token");
    page.browser().type(owner.token());
    page.enter();
    page.awaitHeading("Access tokens");
    page.tabTo("New token");
    page.enter();
    page.awaitHeading("New token");
    page.tabTo("Name");
    page.browser().type("by-hand");
    page.enter();
    page.awaitDialog("Token created");
    page.tabTo("I have saved it");
    page.enter();
    page.awaitHeading("by-hand");
    page.tabTo("Delete");
    page.enter();
    page.awaitDialog("Delete by-hand");
    page.escape();
    page.awaitNoDialog();

    assertThat(page.browser().run("document.activeElement.textContent"))
        .as("the focus is where it was")
        .isEqualTo("Delete");
  }

  private void signInAgain(WebPage page, Owner owner) throws Exception {
    String other = Http.as(stack.url(), owner.token()).postEmpty(own("other")).text();
    page.signIn(owner.token());
    page.goTo("#/new", "New token");
    page.fill("Name", "typed-before");
    assertThat(admin().postEmpty(user(owner) + "/access_token/start/suspend").status())
        .isEqualTo(200);

    page.press("Create token");
    page.awaitDialog("Sign in again");
    page.hasNoViolations("sign-in-again");
    page.fill("Access token", other);
    press(page, "Sign in with this token", "Token created");
    page.press("I have saved it");

    page.awaitHeading("typed-before");
  }

  /** The second token is suspended after it was exchanged, before anything else is requested. */
  private void signInTwice(WebPage page, Owner owner) throws Exception {
    Http api = Http.as(stack.url(), owner.token());
    String second = api.postEmpty(own("second")).text();
    String third = api.postEmpty(own("third")).text();
    page.signIn(owner.token());
    page.goTo("#/new", "New token");
    page.fill("Name", "typed-before");
    admin().postEmpty(user(owner) + "/access_token/start/suspend");
    page.press("Create token");
    page.awaitDialog("Sign in again");
    page.browser()
        .run(
            "(() => { const send = fetch; let wait = null; window.fetch = async (path, request) => {"
                + " await wait; const response = await send(path, request);"
                + " if (wait === null && path.includes('/jwt/')) {"
                + " wait = new Promise((resolve) => (window.go = resolve)); }"
                + " return response; }; })()");
    page.fill("Access token", second);
    page.press("Sign in with this token");
    page.browser().awaitTrue("window.go !== undefined");
    admin().postEmpty(user(owner) + "/access_token/second/suspend");
    page.browser().run("go()");

    page.awaitText("The JWT is not valid. Sign in again.");
    page.press("Create token");
    page.awaitDialog("Sign in again");
    page.fill("Access token", third);
    press(page, "Sign in with this token", "Token created");
    page.press("I have saved it");
    page.awaitHeading("typed-before");
  }

  private void update(WebPage page, Owner owner) throws Exception {
    for (String missing : List.of("*/tokens.js", "*/style.css")) {
      page.browser().run("document.title = ''");
      page.browser().block(List.of(missing));
      page.browser().open(URI.create(stack.url() + "/?missing=" + encoded(missing)));
      page.browser().awaitTrue("history.state?.attempts >= 2");
      assertThat(page.shows("Sign in with this token")).as("without " + missing).isFalse();

      page.browser().block(List.of());

      page.awaitText("Sign in with this token");
      assertThat(page.browser().run("history.state")).isNull();
    }
    page.signIn(owner.token());
  }

  private void failures(WebPage page, Owner owner) throws Exception {
    page.signIn(owner.token());
    page.goTo("#/new", "New token");
    page.fill("Name", "self");
    page.press("Create token");
    page.awaitText("self");
    page.browser().awaitTrue("document.querySelector('[role=alert]') !== null");
    page.hasNoViolations("refused");
    assertThat(page.browser().run("document.querySelector('[role=alert] a').href"))
        .asString()
        .startsWith(stack.url() + "/ui/problems#");
    page.fill("Name", "patient");
    page.browser().setOffline(true);
    page.press("Create token");
    page.awaitText("The server does not respond");
    assertThat(page.valueOf("Name")).isEqualTo("patient");
    page.browser().setOffline(false);
    page.browser()
        .run(
            "(() => { const send = fetch; window.sent = 0; window.fetch = (path, request) => {"
                + " window.sent += path.includes('/patient?'); return send(path, request); }; })()");

    page.browser()
        .run(
            "(() => { const form = document.querySelector('form'); form.requestSubmit(); form.requestSubmit(); })()");
    page.awaitDialog("Token created");
    assertThat(page.browser().run("sent")).as("requests").isEqualTo(1);
    page.press("I have saved it");
    page.awaitHeading("patient");
    assertThat(page.browser().run("document.querySelectorAll('[role=alert]').length")).isEqualTo(0);
  }

  private void manyTokens(WebPage page, Owner owner) throws Exception {
    Http api = Http.as(stack.url(), owner.token());
    for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
      api.postEmpty(own("many-" + (100 + i)));
    }
    page.signIn(owner.token());
    page.awaitText("50 shown");
    page.press("Show more");
    page.awaitText((MORE_THAN_A_PAGE + 1) + " shown");

    assertThat(page.browser().run("document.activeElement.textContent")).isEqualTo("many-150");
    assertThat(page.browser().run("[...document.querySelectorAll('.more button')].length"))
        .isEqualTo(0);
    page.browser().run("document.querySelector('.filter select').value = 'suspended'");
    page.browser()
        .run("document.querySelector('.filter select').dispatchEvent(new Event('change'))");
    page.awaitText("No token has this state.");
  }

  private static void signInAs(WebPage page, String person) throws InterruptedException {
    page.press("Continue with the development provider");
    page.browser().awaitTitle("Sign in to osmo-cli");
    page.browser().run("document.querySelector('button[value=\"%s\"]').click()".formatted(person));
    page.awaitHeading("Access tokens");
  }

  private void provider(WebPage page, Owner unused) throws Exception {
    signInAs(page, USER);

    assertThat(page.browser().run("location.href")).as("no code").isEqualTo(stack.url() + "/");
    assertThat(page.browser().run("document.cookie")).isEqualTo("");
    assertThat(page.browser().run("localStorage.length + sessionStorage.length")).isEqualTo(0);
    JsonObject cookie = page.sessionCookies().getFirst();
    assertThat(cookie.getString("value")).startsWith("osmo_rt_");
    assertThat(cookie.getBoolean("httpOnly")).isTrue();
    assertThat(cookie.getBoolean("secure")).isTrue();
    assertThat(cookie.getString("sameSite")).isEqualTo("Strict");
    assertThat(cookie.getBoolean("session")).isTrue();

    page.open();
    page.awaitHeading("Access tokens");
    String renewed = page.sessionCookies().getFirst().getString("value");
    assertThat(continued(renewed, "https://evil.example.com"))
        .as("a page elsewhere")
        .isEqualTo(400);
    assertThat(continued(renewed, stack.url())).as("a session goes on").isEqualTo(200);
    page.press("Sign out");
    page.awaitText("Sign in with this token");
    assertThat(page.sessionCookies()).isEmpty();
    assertThat(continued(renewed, stack.url())).as("a copy of the cookie").isEqualTo(400);
  }

  private void forgedResponse(WebPage page, Owner unused) throws Exception {
    page.browser().open(URI.create(stack.url() + "/ui/signed-in?code=stolen&state=guessed"));
    page.browser().awaitTrue("document.querySelector('[role=alert]') !== null");

    page.awaitText("The sign-in did not begin here");
    assertThat(page.browser().run("location.href")).isEqualTo(stack.url() + "/");
    assertThat(page.sessionCookies()).isEmpty();
  }

  /** RFC 9207: the state is right, and the issuer is wrong or missing. */
  private void responseOfAnother(WebPage page, Owner unused) throws Exception {
    boolean always =
        Http.anonymous(stack.url())
            .get("/api/auth/login")
            .object()
            .getBoolean("authorization_response_iss_parameter_supported");
    for (String issuer :
        always
            ? List.of("&iss=https%3A%2F%2Fevil.example.com", "")
            : List.of("&iss=http%3A%2F%2Fx")) {
      page.press("Continue with the development provider");
      page.browser().awaitTitle("Sign in to osmo-cli");
      String state =
          String.valueOf(page.browser().run("new URLSearchParams(location.search).get('state')"));
      assertThat(state).isNotEqualTo("null");

      page.browser()
          .open(URI.create(stack.url() + "/ui/signed-in?code=stolen&state=" + state + issuer));

      page.awaitText("The response is of another provider");
      assertThat(page.sessionCookies()).isEmpty();
      assertThat(page.browser().run("sessionStorage.length")).isEqualTo(0);
    }
  }

  /** Another person signs in in another tab, so that the cookie is that of this person. */
  private void anotherPerson(WebPage page, Owner unused) throws Exception {
    signInAs(page, USER);
    page.goTo("#/new", "New token");
    page.fill("Name", "of-the-first");
    String cookie =
        SignInClient.ofDevProvider(stack.url(), "dev", "osmo-cli").signIn(ADMIN).refreshToken();
    page.browser().setCookie(URI.create(stack.url()), WebPage.SESSION, cookie);
    refuseOneJwt(page, "/of-the-first?");

    page.press("Create token");

    page.browser()
        .awaitTrue("document.querySelector('header .name')?.textContent === '" + ADMIN + "'");
    page.awaitHeading("New token");
    assertThat(page.valueOf("Name")).isEqualTo("");
    for (String person : List.of(USER, ADMIN)) {
      assertThat(admin().get("/api/auth/user/" + person + "/access_token/of-the-first").status())
          .as(person)
          .isEqualTo(404);
    }
    page.press("Sign out");
    page.awaitText("Sign in with this token");
  }

  /** The next request to this address is refused as with an expired JWT, and is not sent. */
  private static void refuseOneJwt(WebPage page, String address) throws InterruptedException {
    page.browser()
        .run(
            ("(() => { const send = fetch; window.fetch = (path, request) => {"
                    + " if (!path.includes('%s')) { return send(path, request); }"
                    + " window.fetch = send;"
                    + " return Promise.resolve(new Response('{}', { status: 401 })); }; })()")
                .formatted(address));
  }

  private void sessions(WebPage page, Owner unused) throws Exception {
    SignInClient.Tokens elsewhere =
        SignInClient.ofDevProvider(stack.url(), "dev", "osmo-cli").signIn(USER);
    signInAs(page, USER);
    page.press("Sessions");
    page.awaitHeading("Sessions");
    page.awaitText("This one");
    page.hasNoViolations("sessions");
    String before = "document.querySelectorAll('tbody tr').length";
    int sessions = ((Number) page.browser().run(before)).intValue();
    assertThat(sessions).isGreaterThan(1);

    page.press("Sign out …");
    page.awaitDialog("Sign out this session");
    page.hasNoViolations("sign-out-session");
    page.press("Sign out");

    page.browser().awaitTrue(before + " === " + (sessions - 1));
    assertThat(
            SignInClient.ofDevProvider(stack.url(), "dev", "osmo-cli")
                .refresh(elsewhere.refreshToken())
                .error())
        .isEqualTo("invalid_grant");
    page.press("Sign out");
    page.awaitText("Sign in with this token");
  }

  private void endedElsewhere(WebPage page, Owner unused) throws Exception {
    signInAs(page, USER);
    assertThat(admin().delete("/api/auth/user/" + USER + "/session").status()).isEqualTo(200);
    page.press("New token");
    page.awaitDialog("Sign in again");
    page.hasNoViolations("sign-in-elsewhere");

    page.open();

    page.awaitText("Sign in with this token");
    assertThat(page.sessionCookies()).isEmpty();
  }

  private void auditByTime(WebPage page, Owner owner) throws Exception {
    page.signIn(adminToken());
    page.goTo("#/audit?user_id=" + encoded(owner.id()), "Audit");
    page.awaitText("user.created");
    String minute =
        "(() => { const date = new Date(Date.now() + %d * 60000);"
            + " return new Date(date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 19); })()";

    page.set("Until", String.valueOf(page.browser().run(minute.formatted(-600))));
    page.press("Search");
    page.awaitText("No event matches.");
    page.set("Until", String.valueOf(page.browser().run(minute.formatted(10))));
    page.set("From", String.valueOf(page.browser().run(minute.formatted(-600))));
    page.press("Search");
    page.awaitText("user.created");

    assertThat(page.valueOf("From")).as("kept in the address").isNotEmpty();
    assertThat(String.valueOf(page.browser().run("location.hash"))).contains("after=", "before=");
  }

  private void removal(WebPage page, Owner owner) throws Exception {
    Http.as(stack.url(), owner.token()).postEmpty(own("only-ml") + "?roles=osmo-ml-team");
    page.signIn(adminToken());
    page.press("Users");
    page.awaitHeading("Users");
    page.fill("User id begins with", owner.id());
    page.press("Search");
    page.browser().awaitTrue("document.querySelectorAll('tbody tr').length === 1");
    page.press(owner.id());
    page.awaitHeading(owner.id());
    page.browser().run("document.querySelector('[aria-label=\"Remove osmo-ml-team\"]').click()");
    page.awaitDialog("Remove osmo-ml-team");
    page.awaitText("only-ml keeps no role");
    page.awaitText("start keeps osmo-user");
    page.fill("To confirm, type osmo-ml-team", "osmo-ml-team");
    page.press("Remove role");
    page.browser()
        .awaitTrue("document.querySelector('[aria-label=\"Remove osmo-ml-team\"]') === null");
    assertThat(Http.as(stack.url(), owner.token()).roles()).containsExactly("osmo-user");

    page.press("Show the audit trail");
    page.awaitHeading("Audit");
    page.awaitText("role.removed");
    page.goTo("#/users/" + encoded(owner.id()) + "/only-ml", "only-ml");
    page.awaitText("osmo-ml-team was removed by admin@example.com");
    page.awaitText("Also from start");
  }

  private void notAdministrator(WebPage page, Owner owner) throws Exception {
    page.signIn(owner.token());

    assertThat(page.text("nav")).isEqualTo("TokensSessions");
    page.goTo("#/users", "Not shown");
    page.awaitText("osmo-admin");
  }

  private Owner newOwner() throws Exception {
    String id = "page-" + UUID.randomUUID().toString().substring(0, 8) + "@example.com";
    JsonObject body =
        new JsonObject()
            .put("id", id)
            .put("roles", new JsonArray(List.of("osmo-user", "osmo-ml-team")));
    assertThat(admin().post("/api/auth/user", body).status()).isEqualTo(200);
    String path = "/api/auth/user/" + encoded(id) + "/access_token/start";
    return new Owner(id, admin().postEmpty(path).text());
  }

  private Http admin() throws IOException, InterruptedException {
    return Http.as(stack.url(), stack.file("admin-token"));
  }

  private String adminToken() throws IOException {
    return Files.readString(stack.file("admin-token")).strip();
  }

  private static String own(String token) {
    return "/api/auth/access_token/" + token;
  }

  private static String user(Owner owner) {
    return "/api/auth/user/" + encoded(owner.id());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private int exchanged(String token) throws IOException, InterruptedException {
    return Http.anonymous(stack.url()).exchange(token).status();
  }

  /** What the exchange answers to this cookie, sent by a page of this origin. */
  private int continued(String cookie, String origin) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stack.url() + "/oauth2/web_session"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Cookie", "__Host-osmo-session=" + cookie)
            .header("Origin", origin)
            .header("X-Osmo-Web", "1")
            .POST(BodyPublishers.ofString("grant_type=refresh_token"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      return response.statusCode();
    }
  }
}
