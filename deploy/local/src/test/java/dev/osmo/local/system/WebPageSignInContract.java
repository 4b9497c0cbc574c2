package dev.osmo.local.system;

import static dev.osmo.local.system.WebPageVisits.own;
import static dev.osmo.local.system.WebPageVisits.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.local.system.WebPageVisits.Visitor;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** People sign in on the web page of the running stack, and out again. */
final class WebPageSignInContract {
  private static final String USER = "user@example.com";
  private static final String ADMIN = "admin@example.com";

  private final WebPageVisits visits;

  WebPageSignInContract(WebPageVisits visits) {
    this.visits = visits;
  }

  Stream<DynamicTest> checks() {
    return Stream.of(
        visits.check("a pasted token is only in the memory of the page", this::onlyInMemory),
        visits.check("what was typed survives the end of the sign-in", this::signInAgain),
        visits.check(
            "a new sign-in that ends at once is followed by another one", this::signInTwice),
        visits.check(
            "a person signs in through the provider, and no script sees the session",
            this::provider),
        visits.check("a response that did not begin here signs nobody in", this::forgedResponse),
        visits.check("a response of another provider signs nobody in", this::responseOfAnother),
        visits.check("what one person began is not sent by the next one", this::anotherPerson),
        visits.check("a person sees and ends the own sessions", this::sessions),
        visits.check("a session that was ended elsewhere leaves no cookie", this::endedElsewhere));
  }

  private void onlyInMemory(WebPage page, Visitor visitor) throws Exception {
    page.signIn(visitor.token());

    assertThat(page.browser().run("localStorage.length + sessionStorage.length")).isEqualTo(0);
    assertThat(page.browser().cookies()).isEmpty();
    assertThat(page.shows(visitor.token())).isFalse();
    assertThat(page.browser().run("location.href")).isEqualTo(visits.url() + "/");
    assertThat(
            page.browser()
                .run(
                    "performance.getEntriesByType('resource').every((each) => each.name.startsWith(location.origin + '/'))"))
        .as("no request to another origin")
        .isEqualTo(true);
    page.open();
    page.awaitText("Sign in with this token");
  }

  private void signInAgain(WebPage page, Visitor visitor) throws Exception {
    String other = Http.as(visits.url(), visitor.token()).postEmpty(own("other")).text();
    page.signIn(visitor.token());
    page.goTo("#/new", "New token");
    page.fill("Name", "typed-before");
    assertThat(visits.admin().postEmpty(user(visitor) + "/access_token/start/suspend").status())
        .isEqualTo(200);

    page.press("Create token");
    page.awaitDialog("Sign in again");
    page.hasNoViolations("sign-in-again");
    page.fill("Access token", other);
    page.press("Sign in with this token", "Token created");
    page.press("I have saved it");

    page.awaitHeading("typed-before");
  }

  /** The second token is suspended after it was exchanged, before anything else is requested. */
  private void signInTwice(WebPage page, Visitor visitor) throws Exception {
    Http api = Http.as(visits.url(), visitor.token());
    String second = api.postEmpty(own("second")).text();
    String third = api.postEmpty(own("third")).text();
    page.signIn(visitor.token());
    page.goTo("#/new", "New token");
    page.fill("Name", "typed-before");
    visits.admin().postEmpty(user(visitor) + "/access_token/start/suspend");
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
    visits.admin().postEmpty(user(visitor) + "/access_token/second/suspend");
    page.browser().run("go()");

    page.awaitText("The JWT is not valid. Sign in again.");
    page.press("Create token");
    page.awaitDialog("Sign in again");
    page.fill("Access token", third);
    page.press("Sign in with this token", "Token created");
    page.press("I have saved it");
    page.awaitHeading("typed-before");
  }

  private void provider(WebPage page, Visitor unused) throws Exception {
    signInAs(page, USER);

    assertThat(page.browser().run("location.href")).as("no code").isEqualTo(visits.url() + "/");
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
    assertThat(continued(renewed, visits.url())).as("a session goes on").isEqualTo(200);
    page.press("Sign out");
    page.awaitText("Sign in with this token");
    assertThat(page.sessionCookies()).isEmpty();
    assertThat(continued(renewed, visits.url())).as("a copy of the cookie").isEqualTo(400);
  }

  private void forgedResponse(WebPage page, Visitor unused) throws Exception {
    page.browser().open(URI.create(visits.url() + "/ui/signed-in?code=stolen&state=guessed"));
    page.browser().awaitTrue("document.querySelector('[role=alert]') !== null");

    page.awaitText("The sign-in did not begin here");
    assertThat(page.browser().run("location.href")).isEqualTo(visits.url() + "/");
    assertThat(page.sessionCookies()).isEmpty();
  }

  /** RFC 9207: the state is right, and the issuer is wrong or missing. */
  private void responseOfAnother(WebPage page, Visitor unused) throws Exception {
    boolean always =
        Http.anonymous(visits.url())
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
          .open(URI.create(visits.url() + "/ui/signed-in?code=stolen&state=" + state + issuer));

      page.awaitText("The response is of another provider");
      assertThat(page.sessionCookies()).isEmpty();
      assertThat(page.browser().run("sessionStorage.length")).isEqualTo(0);
    }
  }

  /** Another person signs in in another tab, so that the cookie is that of this person. */
  private void anotherPerson(WebPage page, Visitor unused) throws Exception {
    signInAs(page, USER);
    page.goTo("#/new", "New token");
    page.fill("Name", "of-the-first");
    String cookie =
        SignInClient.ofDevProvider(visits.url(), "dev", "osmo-cli").signIn(ADMIN).refreshToken();
    page.browser().setCookie(URI.create(visits.url()), WebPage.SESSION, cookie);
    refuseOneJwt(page, "/of-the-first?");

    page.press("Create token");

    page.browser()
        .awaitTrue("document.querySelector('header .name')?.textContent === '" + ADMIN + "'");
    page.awaitHeading("New token");
    assertThat(page.valueOf("Name")).isEqualTo("");
    for (String person : List.of(USER, ADMIN)) {
      assertThat(
              visits
                  .admin()
                  .get("/api/auth/user/" + person + "/access_token/of-the-first")
                  .status())
          .as(person)
          .isEqualTo(404);
    }
    page.press("Sign out");
    page.awaitText("Sign in with this token");
  }

  private void sessions(WebPage page, Visitor unused) throws Exception {
    SignInClient.Tokens elsewhere =
        SignInClient.ofDevProvider(visits.url(), "dev", "osmo-cli").signIn(USER);
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
            SignInClient.ofDevProvider(visits.url(), "dev", "osmo-cli")
                .refresh(elsewhere.refreshToken())
                .error())
        .isEqualTo("invalid_grant");
    page.press("Sign out");
    page.awaitText("Sign in with this token");
  }

  private void endedElsewhere(WebPage page, Visitor unused) throws Exception {
    signInAs(page, USER);
    assertThat(visits.admin().delete("/api/auth/user/" + USER + "/session").status())
        .isEqualTo(200);
    page.press("New token");
    page.awaitDialog("Sign in again");
    page.hasNoViolations("sign-in-elsewhere");

    page.open();

    page.awaitText("Sign in with this token");
    assertThat(page.sessionCookies()).isEmpty();
  }

  private static void signInAs(WebPage page, String person) throws InterruptedException {
    page.press("Continue with the development provider");
    page.browser().awaitTitle("Sign in to osmo-cli");
    page.browser().run("document.querySelector('button[value=\"%s\"]').click()".formatted(person));
    page.awaitHeading("Access tokens");
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

  /** What the exchange answers to this cookie, sent by a page of this origin. */
  private int continued(String cookie, String origin) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(visits.url() + "/oauth2/web_session"))
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
