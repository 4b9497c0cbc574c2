package dev.osmo.cli.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** SARIF 2.1.0 (OASIS), which code hosts and editors read. */
final class Sarif {
  private static final String ACCESS_TOKEN = "osmo-token";
  private static final String REFRESH_TOKEN = "osmo-refresh-token";

  private Sarif() {}

  /**
   * Returns the report.
   *
   * @param sawEverything whether everything could be read
   */
  static ObjectNode of(List<FoundToken> tokens, boolean sawEverything, String version) {
    ObjectNode sarif =
        Json.object()
            .put("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
            .put("version", "2.1.0");
    ObjectNode run = sarif.putArray("runs").addObject();
    ObjectNode driver =
        run.putObject("tool").putObject("driver").put("name", "osmo").put("version", version);
    ArrayNode rules = driver.putArray("rules");
    addRule(rules, ACCESS_TOKEN, "An OSMO personal access token is exposed");
    addRule(rules, REFRESH_TOKEN, "An OSMO refresh token is exposed");
    run.putArray("invocations").addObject().put("executionSuccessful", sawEverything);
    run.put("columnKind", "unicodeCodePoints");
    ArrayNode results = run.putArray("results");
    tokens.forEach(token -> results.add(result(token)));
    return sarif;
  }

  private static void addRule(ArrayNode rules, String id, String description) {
    rules.addObject().put("id", id).putObject("shortDescription").put("text", description);
  }

  private static ObjectNode result(FoundToken token) {
    String rule =
        switch (token.kind()) {
          case ACCESS_TOKEN -> ACCESS_TOKEN;
          case REFRESH_TOKEN -> REFRESH_TOKEN;
        };
    ObjectNode result = Json.object().put("ruleId", rule).put("level", "error");
    result.putObject("message").put("text", "OSMO token " + token.masked() + ": revoke it.");
    ObjectNode location = result.putArray("locations").addObject().putObject("physicalLocation");
    location.putObject("artifactLocation").put("uri", uri(token.where()));
    location
        .putObject("region")
        .put("startLine", token.line())
        .put("startColumn", token.column())
        .put("endColumn", token.column() + token.length());
    return result;
  }

  /**
   * Absolute paths as file URIs, others as relative references, both percent-encoded in ASCII (RFC
   * 3986). A dot segment prevents a colon in the first name from being read as a scheme.
   */
  static String uri(String path) {
    try {
      String name = Path.of(path).normalize().toString();
      URI uri =
          name.startsWith("/")
              ? new URI("file", "", name, null)
              : new URI(null, null, "./" + name, null);
      String text = uri.toASCIIString();
      return text.startsWith("./") && !text.contains(":") ? text.substring(2) : text;
    } catch (URISyntaxException odd) {
      return "unnamed";
    }
  }
}
