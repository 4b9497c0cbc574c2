package dev.osmo.cli.tokentext;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** SARIF 2.1.0, which code hosts and editors read. */
final class Sarif {
  private static final String RULE = "osmo-token";

  private Sarif() {}

  static ObjectNode of(List<FoundToken> tokens) {
    ObjectNode sarif =
        Json.object()
            .put("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
            .put("version", "2.1.0");
    ObjectNode run = sarif.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver").put("name", "osmo");
    driver
        .putArray("rules")
        .addObject()
        .put("id", RULE)
        .putObject("shortDescription")
        .put("text", "A personal access token of OSMO lies open");
    ArrayNode results = run.putArray("results");
    tokens.forEach(token -> results.add(result(token)));
    return sarif;
  }

  private static ObjectNode result(FoundToken token) {
    ObjectNode result = Json.object().put("ruleId", RULE).put("level", "error");
    result.putObject("message").put("text", "OSMO token " + token.masked() + ": revoke it.");
    ObjectNode location = result.putArray("locations").addObject().putObject("physicalLocation");
    location.putObject("artifactLocation").put("uri", uri(token.where()));
    location
        .putObject("region")
        .put("startLine", token.line())
        .put("startColumn", token.column())
        .put("endColumn", token.column() + 39);
    return result;
  }

  /** A relative reference: a path, percent-encoded where RFC 3986 wants it. */
  private static String uri(String path) {
    try {
      return new URI(null, null, path, null).getRawPath();
    } catch (URISyntaxException odd) {
      return "unnamed";
    }
  }
}
