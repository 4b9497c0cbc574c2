package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The page of all problems matches the catalogues of the services. */
class ProblemPageTest {
  private static final Path DOCS = RunningStack.HOME.resolve("src-docs");
  private static final Path PAGE = DOCS.resolve("user/problems.rst");
  private static final List<String> SERVICES = List.of("token-service", "auth-exchange-service");

  private static final String HEAD =
      """
      Problems
      ========

      .. Generated from the problem catalogues by ProblemPageTest, which explains how to regenerate it. Do not edit.

      An error response is a problem document (RFC 9457) with the media type ``application/problem+json``. Its member
      ``type`` is ``urn:osmo:problem:NAME``. This page has a section for each name: ``problems.html#NAME`` is its address.
      ``message`` and ``detail`` describe the single case. ``error_code`` and ``workflow_id`` are for existing OSMO clients.

      Names and statuses are part of the API. Texts can change.
      """;

  @Test
  void the_page_matches_the_catalogues() throws IOException {
    String now = page();
    if (Boolean.getBoolean("osmo.refresh")) {
      Files.writeString(PAGE, now);
    }

    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as(
            """
            %s does not match the catalogues. Regenerate it and check the difference:
            ./mvnw -pl deploy/local -am test -Dtest=ProblemPageTest -Dosmo.refresh=true \\
              -Dsurefire.failIfNoSpecifiedTests=false
            """,
            PAGE)
        .isEqualTo(now);
  }

  @Test
  void every_problem_has_advice_and_no_advice_is_left_over() throws IOException {
    assertThat(advice().fieldNames()).containsExactlyInAnyOrderElementsOf(problems().keySet());
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
    return page.toString();
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
