package dev.osmo.cli.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.osmo.cli.output.Json;
import java.util.List;
import java.util.Locale;

/** The format of a scan report. */
enum ReportFormat {
  TEXT,
  JSON,
  SARIF;

  /** The report as one document; empty for text, which is printed line by line. */
  String document(List<FoundToken> tokens, boolean sawEverything, String version) {
    return switch (this) {
      case TEXT -> "";
      case JSON -> Json.indented(list(tokens), 2);
      case SARIF -> Json.indented(Sarif.of(tokens, sawEverything, version), 2);
    };
  }

  private static ArrayNode list(List<FoundToken> tokens) {
    ArrayNode list = Json.array();
    for (FoundToken token : tokens) {
      list.addObject()
          .put("file", token.where())
          .put("line", token.line())
          .put("column", token.column())
          .put("token", token.masked());
    }
    return list;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
