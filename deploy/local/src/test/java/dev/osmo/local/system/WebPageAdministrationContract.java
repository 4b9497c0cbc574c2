package dev.osmo.local.system;

import static dev.osmo.local.system.WebPageVisits.encoded;
import static dev.osmo.local.system.WebPageVisits.own;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.local.system.WebPageVisits.Visitor;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Administrators use the web page of the running stack. */
final class WebPageAdministrationContract {

  private final WebPageVisits visits;

  WebPageAdministrationContract(WebPageVisits visits) {
    this.visits = visits;
  }

  Stream<DynamicTest> checks() {
    return Stream.of(
        visits.check(
            "an administrator sees what a removal does, removes, and finds it in the audit",
            this::removal),
        visits.check("Back closes a dialog about the view, but none with a new secret", this::back),
        visits.check("an administrator searches the audit by time", this::auditByTime),
        visits.check(
            "another user is not offered what only administrators may do", this::notAdministrator));
  }

  private void removal(WebPage page, Visitor visitor) throws Exception {
    Http.as(visits.url(), visitor.token()).postEmpty(own("only-ml") + "?roles=osmo-ml-team");
    page.signIn(visits.adminToken());
    page.press("Users");
    page.awaitHeading("Users");
    page.fill("User id begins with", visitor.id());
    page.press("Search");
    page.browser().awaitTrue("document.querySelectorAll('tbody tr').length === 1");
    page.press(visitor.id());
    page.awaitHeading(visitor.id());
    page.browser().run("document.querySelector('[aria-label=\"Remove osmo-ml-team\"]').click()");
    page.awaitDialog("Remove osmo-ml-team");
    page.awaitText("only-ml keeps no role");
    page.awaitText("start keeps osmo-user");
    page.fill("To confirm, type osmo-ml-team", "osmo-ml-team");
    page.press("Remove role");
    page.browser()
        .awaitTrue("document.querySelector('[aria-label=\"Remove osmo-ml-team\"]') === null");
    assertThat(Http.as(visits.url(), visitor.token()).roles()).containsExactly("osmo-user");

    page.press("Show the audit trail");
    page.awaitHeading("Audit");
    page.awaitText("role.removed");
    page.goTo("#/users/" + encoded(visitor.id()) + "/only-ml", "only-ml");
    page.awaitText("osmo-ml-team was removed by admin@example.com");
    page.awaitText("Also from start");
  }

  private void back(WebPage page, Visitor visitor) throws Exception {
    String user = "#/users/" + encoded(visitor.id());
    page.signIn(visits.adminToken());
    page.goTo("#/users", "Users");
    page.goTo(user, visitor.id());
    page.browser().run("document.querySelector('[aria-label=\"Remove osmo-ml-team\"]').click()");
    page.awaitDialog("Remove osmo-ml-team");

    page.browser().run("history.back()");

    page.awaitHeading("Users");
    page.awaitNoDialog();
    page.browser().awaitTrue("document.activeElement.textContent === 'Users'");

    page.goTo(user, visitor.id());
    page.goTo(user + "/start", "start");
    page.press("Rotate", "Rotate start");
    page.press("Rotate", "New secret");
    page.browser().run("history.back()");
    page.awaitHeading(visitor.id());
    page.awaitDialog("New secret");
  }

  private void auditByTime(WebPage page, Visitor visitor) throws Exception {
    page.signIn(visits.adminToken());
    page.goTo("#/audit?user_id=" + encoded(visitor.id()), "Audit");
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

  private void notAdministrator(WebPage page, Visitor visitor) throws Exception {
    page.signIn(visitor.token());

    assertThat(page.text("nav")).isEqualTo("TokensSessions");
    page.goTo("#/users", "Not shown");
    page.awaitText("osmo-admin");
  }
}
