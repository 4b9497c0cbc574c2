package dev.osmo.local.system;

import static dev.osmo.local.system.WebPageVisits.encoded;
import static dev.osmo.local.system.WebPageVisits.own;
import static dev.osmo.local.system.WebPageVisits.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.local.system.WebPageVisits.Visitor;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** People manage their tokens on the web page of the running stack. */
final class WebPageContract {
  private static final String HOSTILE =
      "<img src=x onerror=\"window.pwned=1\">'\"&amp;<script>window.pwned=1</script> \u05d8\u05e7\u05e1\u05d8";
  private static final int MORE_THAN_A_PAGE = 53;

  private final WebPageVisits visits;

  WebPageContract(WebPageVisits visits) {
    this.visits = visits;
  }

  Stream<DynamicTest> checks() {
    return Stream.of(
        visits.check("a token is created with fewer roles, and shown once", this::create),
        visits.check("a token is rotated, suspended, resumed and deleted", this::change),
        visits.check(
            "every view is accessible, in light and dark, wide and narrow", this::accessible),
        visits.check("hostile text stays text", this::hostile),
        visits.check("everything can be done with the keyboard", this::withTheKeyboard),
        visits.check(
            "a page of which a file is missing during an update starts later", this::update),
        visits.check(
            "an unreachable server and a refusal are explained, and nothing is sent twice",
            this::failures),
        visits.check("many tokens are shown a page at a time", this::manyTokens));
  }

  private void create(WebPage page, Visitor visitor) throws Exception {
    page.signIn(visitor.token());
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

    assertThat(Http.as(visits.url(), text).roles()).containsExactly("osmo-user");
    assertThat(page.shows(text)).as("shown once").isFalse();
    page.awaitText("in 7 days");
    page.awaitText("Builds at night");
    page.goTo("#/tokens", "Access tokens");
    page.awaitText("nightly");
  }

  private void change(WebPage page, Visitor visitor) throws Exception {
    String first = Http.as(visits.url(), visitor.token()).postEmpty(own("laptop")).text();
    page.signIn(visitor.token());
    page.goTo("#/tokens/laptop", "laptop");

    page.press("Rotate");
    page.awaitDialog("Rotate laptop");
    page.hasNoViolations("rotate");
    page.choose("How long the old secret stays valid", "PT0S");
    page.press("Rotate", "New secret");
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
    page.awaitText("was suspended by " + visitor.id());
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

  private void accessible(WebPage page, Visitor visitor) throws Exception {
    Http api = Http.as(visits.url(), visitor.token());
    api.postEmpty(own("laptop") + "?description=" + encoded("Of " + "x".repeat(300)));
    api.postEmpty(own("old") + "?roles=osmo-ml-team");
    api.postEmpty(own("laptop") + "/suspend");
    page.hasNoViolations("sign-in");
    page.signIn(visitor.token());
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
    visits.admin().delete(user(visitor) + "/roles/osmo-ml-team");
    page.goTo("#/tokens/old", "old");
    page.awaitText("osmo-ml-team was removed by admin@example.com");
    page.hasNoViolations("lost");
    page.goTo("#/tokens/missing", "Not shown");
    page.hasNoViolations("problem");

    page.open().signIn(visits.adminToken());
    for (String view : List.of("Users", "Roles", "Audit")) {
      page.press(view);
      page.awaitHeading(view);
      page.hasNoViolations(view.toLowerCase(Locale.ROOT));
    }
    page.goTo("#/roles/osmo-user", "osmo-user");
    page.hasNoViolations("role");
    page.goTo("#/users/" + encoded(visitor.id()), visitor.id());
    page.hasNoViolations("user");
    page.press("Grant a role");
    page.awaitDialog("Grant a role to " + visitor.id());
    page.hasNoViolations("grant");
    page.escape();
    page.awaitNoDialog();
    page.press("Remove …");
    page.awaitDialog("Remove osmo-user");
    page.hasNoViolations("removal");

    page.browser().open(URI.create(visits.url() + "/ui/problems#token-expired"));
    page.browser().awaitTitle("Problems · osmo");
    page.hasNoViolations("problems");
  }

  private void hostile(WebPage page, Visitor visitor) throws Exception {
    Http api = Http.as(visits.url(), visitor.token());
    assertThat(api.postEmpty(own("bait") + "?description=" + encoded(HOSTILE)).status())
        .isEqualTo(200);
    page.signIn(visitor.token());
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

  private void withTheKeyboard(WebPage page, Visitor visitor) throws Exception {
    page.awaitText("Sign in with this token");
    page.tabTo("Access token");
    page.browser().type(visitor.token());
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

  private void update(WebPage page, Visitor visitor) throws Exception {
    for (String missing : List.of("*/tokens.js", "*/style.css")) {
      page.browser().run("document.title = ''");
      page.browser().block(List.of(missing));
      page.browser().open(URI.create(visits.url() + "/?missing=" + encoded(missing)));
      page.browser().awaitTrue("history.state?.attempts >= 2");
      assertThat(page.shows("Sign in with this token")).as("without " + missing).isFalse();

      page.browser().block(List.of());

      page.awaitText("Sign in with this token");
      assertThat(page.browser().run("history.state")).isNull();
    }
    page.signIn(visitor.token());
  }

  private void failures(WebPage page, Visitor visitor) throws Exception {
    page.signIn(visitor.token());
    page.goTo("#/new", "New token");
    page.fill("Name", "self");
    page.press("Create token");
    page.awaitText("self");
    page.browser().awaitTrue("document.querySelector('[role=alert]') !== null");
    page.hasNoViolations("refused");
    assertThat(page.browser().run("document.querySelector('[role=alert] a').href"))
        .asString()
        .startsWith(visits.url() + "/ui/problems#");
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

  private void manyTokens(WebPage page, Visitor visitor) throws Exception {
    Http api = Http.as(visits.url(), visitor.token());
    for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
      api.postEmpty(own("many-" + (100 + i)));
    }
    page.signIn(visitor.token());
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

  private int exchanged(String token) throws IOException, InterruptedException {
    return Http.anonymous(visits.url()).exchange(token).status();
  }
}
