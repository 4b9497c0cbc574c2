package dev.osmo.local.production;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.testkit.contracts.Contracts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example of a gateway in the operator's pages has the routes of the route table. */
class GatewayPageTest {
  private static final Pattern ROUTE =
      Pattern.compile(
          "(?m)^  ~\\^(?<path>\\S+?)(?<below>\\(/\\|\\$\\)|\\$) +(?<service>[a-z-]+);$");

  @Test
  void nginx_forwards_exactly_the_paths_of_the_route_table() {
    assertThat(ofNginx(OperatorPage.read("nginx.conf"))).isEqualTo(ofContract());
  }

  /** Neither the table of the page may lack one. */
  @Test
  void the_page_lists_every_route() {
    String page = OperatorPage.of("installing.rst").text();

    ofContract()
        .forEach(
            (route, service) -> {
              String path = route.replace("/*", "");
              String shown =
                  route.endsWith("/*")
                      ? "``%1$s``, ``%1$s/…``".formatted(path)
                      : "``" + path + "``";
              assertThat(page).containsPattern(Pattern.quote(shown) + " +" + service);
            });
  }

  @Test
  void a_missing_or_another_route_is_found() {
    String nginx = OperatorPage.read("nginx.conf");

    assertThat(ofNginx(nginx.replaceFirst("  ~\\^/oauth2\\S+ +\\S+\n", "")))
        .isNotEqualTo(ofContract());
    assertThat(ofNginx(nginx.replace("~^/oauth2(/|$)", "~^/oauth2$"))).isNotEqualTo(ofContract());
  }

  private static Map<String, String> ofNginx(String configuration) {
    Map<String, String> routes = new TreeMap<>();
    ROUTE
        .matcher(configuration)
        .results()
        .forEach(
            route ->
                routes.put(
                    route.group("path").replace("[.]", ".")
                        + (route.group("below").length() > 1 ? "/*" : ""),
                    route.group("service")));
    return routes;
  }

  private static Map<String, String> ofContract() {
    Map<String, String> routes = new TreeMap<>();
    List<JsonNode> table = new ArrayList<>();
    Contracts.json("routes.json").path("routes").forEach(table::add);
    table.stream()
        .filter(route -> !route.path("service").asText().equals("sample-api"))
        .forEach(
            route ->
                routes.put(
                    route.path("path").asText()
                        + (route.path("match").asText().equals("prefix") ? "/*" : ""),
                    route.path("service").asText()));
    return routes;
  }
}
