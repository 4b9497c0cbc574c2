package dev.osmo.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.contracts.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What these files repeat, because kustomize reads no file outside of its folder. */
class CopiesTest {
  private static final Path K8S = Repository.path("deploy/k8s");
  private static final Pattern OWN =
      Pattern.compile(
          "osmo/(?:token-service|auth-exchange-service|osmo)(?::|\\n *newTag: )([0-9][^\\s]*)");
  private static final Pattern ROUTE =
      Pattern.compile(
          "^``(/\\S*)``(, ``/\\S*/…``)? +(token-service|auth-exchange-service)$",
          Pattern.MULTILINE);
  private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
  private static final Pattern EXPLAINED = Pattern.compile("``Osmo[A-Z]\\w+``");
  private static final Pattern POSTGRES = Pattern.compile("library/postgres:([0-9.]+)");

  @Test
  void the_bootstrap_script_is_that_of_token_service() throws IOException {
    assertThat(K8S.resolve("base/bootstrap.sql"))
        .hasSameTextualContentAs(
            Repository.path("token-service/src/main/resources/db/bootstrap.sql"));
  }

  @Test
  void the_images_have_the_version_of_this_build() throws IOException {
    assertThat(found(OWN)).containsExactly(first("<version>([0-9.]+)</version>"));
  }

  @Test
  void postgresql_has_the_version_that_the_tests_use() throws IOException {
    assertThat(found(POSTGRES))
        .containsExactly(first("<postgres-binaries.version>([0-9]+\\.[0-9]+)[.0-9]*<"));
  }

  @Test
  void the_route_table_of_the_page_is_that_of_the_gateway() {
    Set<String> onThePage = new TreeSet<>();
    ROUTE
        .matcher(Pages.text("src-docs/operator/installing.rst"))
        .results()
        .forEach(
            row ->
                onThePage.add(
                    new Routes.Route(row.group(1), row.group(2) == null, row.group(3)).toString()));

    assertThat(onThePage)
        .containsExactlyInAnyOrderElementsOf(
            Routes.ofContract().all().stream().map(Routes.Route::toString).toList());
  }

  @Test
  void the_page_of_alerts_explains_no_other_alerts() throws IOException {
    String rules = Files.readString(K8S.resolve("components/monitoring/rules.yaml"));
    Set<String> alerts = new TreeSet<>();
    ALERT.matcher(rules).results().forEach(rule -> alerts.add("``" + rule.group(1) + "``"));

    assertThat(EXPLAINED.matcher(Pages.text("src-docs/operator/alerts.rst")).results())
        .extracting(row -> row.group())
        .containsExactlyInAnyOrderElementsOf(alerts);
  }

  private static String first(String pattern) throws IOException {
    Matcher matcher =
        Pattern.compile(pattern).matcher(Files.readString(Repository.path("pom.xml")));
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  private static Set<String> found(Pattern pattern) throws IOException {
    Set<String> found = new TreeSet<>();
    for (String folder : List.of("base", "components", "overlays", "examples")) {
      try (Stream<Path> files = Files.walk(K8S.resolve(folder))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
          pattern.matcher(Files.readString(file)).results().forEach(one -> found.add(one.group(1)));
        }
      }
    }
    return found;
  }
}
