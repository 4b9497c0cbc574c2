package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A person at our web page, in a browser. Finds what the person finds: buttons and labels. */
record WebPage(Chromium browser, String url) {
  /** The name of the cookie of the session. */
  static final String SESSION = "__Host-osmo-session";

  private static final int TAB = 9;
  private static final int ENTER = 13;
  private static final int ESCAPE = 27;

  /** The topmost dialog, else the page. */
  private static final String TOP =
      "(document.querySelector('dialog[open]:last-of-type') ?? document.body)";

  /** Opens the page anew, so that its memory is empty. */
  WebPage open() throws InterruptedException {
    browser.open(URI.create("about:blank"));
    browser.awaitTrue("location.href === 'about:blank'");
    browser.open(URI.create(url + "/"));
    browser.awaitTrue("document.title !== '' && !document.querySelector('.starting')");
    return this;
  }

  void signIn(String token) throws InterruptedException {
    fill("Access token", token);
    press("Sign in with this token");
    browser.awaitTrue("document.querySelector('header .name') !== null");
    awaitHeading("Access tokens");
  }

  /** Goes to a view by its address. */
  void goTo(String fragment, String heading) throws InterruptedException {
    browser.run("location.hash = " + quoted(fragment));
    awaitHeading(heading);
  }

  void awaitHeading(String heading) {
    browser.awaitTrue(
        "document.querySelector('main h1')?.textContent === %s && !document.querySelector('main[aria-busy]')"
            .formatted(quoted(heading)));
  }

  void awaitText(String text) {
    browser.awaitTrue(TOP + ".innerText.includes(" + quoted(text) + ")");
  }

  boolean shows(String text) throws InterruptedException {
    return Boolean.TRUE.equals(
        browser.run("document.documentElement.innerHTML.includes(" + quoted(text) + ")"));
  }

  /** A dialog with this title is open and has the focus. */
  void awaitDialog(String title) {
    browser.awaitTrue(
        TOP
            + ".querySelector('h2')?.textContent === "
            + quoted(title)
            + " && document.querySelector('dialog[open]').contains(document.activeElement)");
  }

  void awaitNoDialog() {
    browser.awaitTrue("document.querySelector('dialog') === null");
  }

  void press(String button) throws InterruptedException {
    String find =
        "[...%s.querySelectorAll('button, a')].find((each) => each.textContent.trim() === %s)"
            .formatted(TOP, quoted(button));
    browser.awaitTrue(find + " !== undefined");
    browser.run(find + ".click()");
  }

  /** Presses a button of a dialog that is followed by another dialog. */
  void press(String button, String nextDialog) throws InterruptedException {
    press(button);
    awaitDialog(nextDialog);
  }

  private String labelled(String label) {
    return "[...%s.querySelectorAll('label')].find((each) => each.textContent.trim() === %s)?.control"
        .formatted(TOP, quoted(label));
  }

  /** Replaces what is in the field. */
  void fill(String label, String text) throws InterruptedException {
    browser.awaitTrue(labelled(label) + " != null");
    browser.run("(() => { const at = " + labelled(label) + "; at.focus(); at.select(); })()");
    browser.type(text);
  }

  /** Sets a field into which nobody can type a text, such as a date. */
  void set(String label, String value) throws InterruptedException {
    browser.awaitTrue(labelled(label) + " != null");
    browser.run(
        "(() => { const at = %s; at.value = %s; })()".formatted(labelled(label), quoted(value)));
  }

  String valueOf(String label) throws InterruptedException {
    return String.valueOf(browser.run(labelled(label) + ".value"));
  }

  /** Checks or clears a box. */
  void toggle(String label) throws InterruptedException {
    browser.run(labelled(label) + ".click()");
  }

  void choose(String label, String value) throws InterruptedException {
    browser.run(
        "(() => { const at = %s; at.value = %s; at.dispatchEvent(new Event('change')); })()"
            .formatted(labelled(label), quoted(value)));
  }

  String text(String selector) throws InterruptedException {
    return String.valueOf(
        browser.run(TOP + ".querySelector(" + quoted(selector) + ")?.textContent"));
  }

  void tab() throws InterruptedException {
    browser.press("Tab", TAB);
  }

  void enter() throws InterruptedException {
    browser.press("Enter", ENTER);
  }

  void escape() throws InterruptedException {
    browser.press("Escape", ESCAPE);
  }

  /** Presses Tab until the element with this text or label has the focus. */
  void tabTo(String name) throws InterruptedException {
    String focused =
        "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim() === "
            + quoted(name);
    for (int i = 0; i < 40; i++) {
      if (Boolean.TRUE.equals(browser.run(focused))) {
        return;
      }
      tab();
    }
    throw new AssertionError("not reached with Tab: " + name);
  }

  /** What axe-core finds, in light and dark, on a wide and a narrow screen. */
  void hasNoViolations(String view) throws IOException, InterruptedException {
    for (int width : List.of(1280, 360)) {
      for (String scheme : List.of("light", "dark")) {
        browser.show(width, 900, scheme);
        browser.run("new Promise((done) => setTimeout(done, 200))");
        screenshot(view + "-" + width + "-" + scheme);
        assertThat(violations()).as(view + " at " + width + " in " + scheme).isEmpty();
        assertThat(browser.run("document.documentElement.scrollWidth <= innerWidth"))
            .as(view + " at " + width + " is as wide as the window")
            .isEqualTo(true);
      }
    }
    browser.show(1280, 900, "light");
  }

  private Stream<String> violations() throws IOException, InterruptedException {
    if (!Boolean.TRUE.equals(browser.run("typeof axe === 'object'"))) {
      browser.run(axe());
    }
    Object found =
        browser.run(
            "axe.run().then((result) => JSON.stringify(result.violations.map((each) =>"
                + " each.id + ': ' + each.nodes.map((node) => node.html + ' ' +"
                + " node.failureSummary).join(' | '))))");
    return new JsonArray(String.valueOf(found)).stream().map(String::valueOf);
  }

  /** With {@code -Dscreenshots=FOLDER}, for people to look at. */
  private void screenshot(String name) throws IOException, InterruptedException {
    String folder = System.getProperty("screenshots", "");
    if (!folder.isEmpty()) {
      Files.createDirectories(Path.of(folder));
      Files.write(Path.of(folder, name + ".png"), browser.screenshot());
    }
  }

  private static String axe() throws IOException {
    try (InputStream script = WebPage.class.getResourceAsStream("/axe.min.js")) {
      assertThat(script).as("axe-core").isNotNull();
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String quoted(String text) {
    return new JsonArray().add(text).encode().replaceAll("^\\[|]$", "");
  }

  /** The cookie of the session, if there is one. */
  List<JsonObject> sessionCookies() throws InterruptedException {
    return browser.cookies().stream()
        .filter(cookie -> cookie.getString("name").equals(SESSION))
        .toList();
  }
}
