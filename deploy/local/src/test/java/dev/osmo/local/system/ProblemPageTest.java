package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of all problems matches the catalogues of the services. */
class ProblemPageTest {
  private static final Path DOCS = RunningStack.HOME.resolve("src-docs");
  private static final Path PAGE = DOCS.resolve("user/problems.rst");
  private static final Path HTML =
      RunningStack.HOME.resolve("token-service/src/main/resources/web/problems.html");
  private static final List<String> SERVICES = List.of("token-service", "auth-exchange-service");

  private static final String HEAD =
      """
      Problems
      ========

      .. Generated from the problem catalogues by ProblemPageTest, which explains how to regenerate it. Do not edit.

      An error response is a problem document (RFC 9457) with the media type ``application/problem+json``. Its member
      ``type`` is ``urn:osmo:problem:NAME``. This page has a section for each name: ``problems.html#NAME`` is its address.
      Your server shows the same page at ``/ui/problems#NAME``. Each error response of a service, also one of OAuth, has this
      address in its header ``Link``, with ``rel="help"``. So has each error response of the gateway, also in the examples
      for nginx and Envoy. ``message`` and ``detail`` describe the single case. ``error_code`` and ``workflow_id`` are for
      existing OSMO clients.

      The errors below ``/oauth2`` have the format of OAuth instead: ``{"error", "error_description", "problem"}``, where
      ``problem`` is the name. A refusal that has a code of its own in OAuth, such as ``invalid_grant`` or
      ``invalid_scope``, has the status 400 there, also if this page shows another one.

      Names and statuses are part of the API. Texts can change.
      """;

  private static final String OTHER_HEAD =
      """

      Other programs
      --------------

      Problems of ``osmo sidecar``, of the sample API and of the gateway. They also send problems of the sections above.
      """;

  /** How the programs name their problems: a call, or a constant of an enum. */
  private static final Pattern SENT =
      Pattern.compile(
          "(?:Answer\\.problem\\(\\s*(?:\\d{3}|bad\\.status\\(\\)),|problem\\(bad\\.status\\(\\),|^  [A-Z_]+\\()"
              + " ?\"([a-z-]+)\"",
          Pattern.MULTILINE);

  private static final List<String> PROGRAMS =
      List.of(
          "osmo-cli/src/main/java/dev/osmo/cli/listen",
          "osmo-cli/src/main/java/dev/osmo/cli/authproxy",
          "osmo-cli/src/main/java/dev/osmo/cli/renewal",
          "osmo-cli/src/main/java/dev/osmo/cli/sidecar",
          "deploy/sample-api/src/main/java/dev/osmo/sample/ProblemType.java",
          "deploy/local/src/main/java/dev/osmo/local/gateway/ProblemType.java");

  private static final String HTML_HEAD =
      """
      <!doctype html>
      <!-- Generated from the problem catalogues by ProblemPageTest, which explains how to regenerate it. Do not edit. -->
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>Problems · osmo</title>
      <link rel="icon" href="/ui/{version}/icon.svg" type="image/svg+xml">
      <link rel="stylesheet" href="/ui/{version}/style.css">
      </head>
      <body>
      <header><a href="/" class="mark">osmo</a></header>
      <main>
      <h1>Problems</h1>
      <p class="lead">What each error of this server means, and what to do next.</p>
      <p>The errors below <code>/oauth2</code> have the format of OAuth: <code>problem</code> is the name. A refusal that
      has a code of its own in OAuth, such as <code>invalid_grant</code>, has the status 400 there, also if this page shows
      another one.</p>
      """;

  private static final String OTHER_HTML_HEAD =
      """
      <section>
      <h2>Other programs</h2>
      <p>Problems of osmo sidecar, of the sample API and of the gateway. They also send problems of the sections above.</p>
      </section>
      """;

  @Test
  void the_page_matches_the_catalogues() throws IOException {
    matches(PAGE, page());
  }

  @Test
  void the_page_that_the_server_shows_matches_the_catalogues() throws IOException {
    matches(HTML, html());
  }

  /** The header {@code Link} and the page of the documentation say so. */
  @Test
  void the_page_that_the_server_shows_has_the_same_sections() throws IOException {
    assertThat(names("<section class=\"card\" id=\"([a-z-]+)\">", HTML))
        .hasSizeGreaterThan(80)
        .doesNotHaveDuplicates()
        .containsExactlyElementsOf(names("\\.\\. _problem-([a-z-]+):", PAGE));
  }

  private static List<String> names(String pattern, Path file) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(file))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static void matches(Path file, String now) throws IOException {
    if (Boolean.getBoolean("osmo.refresh")) {
      Files.writeString(file, now);
    }

    assertThat(Files.exists(file) ? Files.readString(file) : "")
        .as(
            """
            %s does not match the catalogues. Regenerate it and check the difference:
            ./mvnw -pl deploy/local -am test -Dtest=ProblemPageTest -Dosmo.refresh=true \\
              -Dsurefire.failIfNoSpecifiedTests=false
            """,
            file)
        .isEqualTo(now);
  }

  @Test
  void every_problem_has_advice_and_no_advice_is_left_over() throws IOException {
    assertThat(advice().fieldNames()).containsExactlyInAnyOrderElementsOf(problems().keySet());
  }

  @Test
  void every_problem_that_another_program_sends_is_explained() throws IOException {
    Set<String> sent = new TreeSet<>();
    for (String program : PROGRAMS) {
      try (Stream<Path> files = Files.walk(RunningStack.HOME.resolve(program))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          SENT.matcher(Files.readString(file)).results().forEach(found -> sent.add(found.group(1)));
        }
      }
    }
    sent.removeAll(problems().keySet());

    assertThat(sent).hasSizeGreaterThan(15);
    assertThat(others()).extracting(each -> each.getString("name")).containsExactlyElementsOf(sent);
  }

  private static List<JsonObject> others() throws IOException {
    return read("problems-other-programs.json").getJsonArray("problems").stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private static String page() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    JsonObject advice = advice();
    for (Map.Entry<String, List<JsonObject>> problem : problems().entrySet()) {
      String name = problem.getKey();
      JsonObject first = problem.getValue().getFirst();
      page.append("\n.. _problem-%s:\n\n".formatted(name));
      page.append(Rst.heading(Rst.literal(name), '-')).append('\n');
      page.append("**%d %s.**\n".formatted(first.getInteger("status"), first.getString("title")));
      page.append(
          "From %s. ``error_code``: ``%s``.\n\n"
              .formatted(
                  String.join(
                      " and ",
                      problem.getValue().stream().map(each -> each.getString("service")).toList()),
                  first.getString("error_code")));
      page.append(Rst.wrapped("", Rst.escaped(advice.getString(name, ""))));
    }
    page.append(OTHER_HEAD);
    for (JsonObject problem : others()) {
      String name = problem.getString("name");
      page.append("\n.. _problem-%s:\n\n".formatted(name));
      page.append(Rst.heading(Rst.literal(name), '~')).append('\n');
      page.append("From %s.\n\n".formatted(problem.getString("from")));
      page.append(Rst.wrapped("", Rst.escaped(problem.getString("advice"))));
    }
    return page.toString();
  }

  private static String html() throws IOException {
    StringBuilder page = new StringBuilder(HTML_HEAD);
    JsonObject advice = advice();
    problems()
        .forEach(
            (name, services) ->
                page.append(
                    """
                    <section class="card" id="%s">
                    <h2><code>%s</code></h2>
                    <p><strong>%d %s.</strong> From %s.</p>
                    <p>%s</p>
                    </section>
                    """
                        .formatted(
                            name,
                            name,
                            services.getFirst().getInteger("status"),
                            escaped(services.getFirst().getString("title")),
                            String.join(
                                " and ",
                                services.stream().map(each -> each.getString("service")).toList()),
                            escaped(advice.getString(name, "")))));
    page.append(OTHER_HTML_HEAD);
    others()
        .forEach(
            problem ->
                page.append(
                    """
                    <section class="card" id="%s">
                    <h3><code>%s</code></h3>
                    <p>From %s.</p>
                    <p>%s</p>
                    </section>
                    """
                        .formatted(
                            problem.getString("name"),
                            problem.getString("name"),
                            escaped(problem.getString("from")),
                            escaped(problem.getString("advice")))));
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** The problems of both services by name. A name has the same status and title in both. */
  private static Map<String, List<JsonObject>> problems() throws IOException {
    Map<String, List<JsonObject>> problems = new TreeMap<>();
    for (String service : SERVICES) {
      for (Object entry : read("problems-" + service + ".json").getJsonArray("problems")) {
        JsonObject problem = ((JsonObject) entry).copy().put("service", service);
        problems.computeIfAbsent(problem.getString("name"), name -> new ArrayList<>()).add(problem);
      }
    }
    for (List<JsonObject> same : problems.values()) {
      assertThat(same)
          .extracting(each -> each.getInteger("status") + each.getString("title"))
          .containsOnly(same.getFirst().getInteger("status") + same.getFirst().getString("title"));
    }
    return problems;
  }

  private static JsonObject advice() throws IOException {
    return read("problem-advice.json").getJsonObject("advice");
  }

  private static JsonObject read(String contract) throws IOException {
    return new JsonObject(Files.readString(DOCS.resolve("contracts").resolve(contract)));
  }
}
