package dev.osmo.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** {@code -t/--format-type}, shared by every command that prints data. */
public class FormatOption {
  @Option(
      names = {"-t", "--format-type"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "Output format: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TEXT;

  @Option(
      names = "--json",
      paramLabel = "FIELD",
      split = ",",
      description = "Print JSON with these members only, separated by commas.")
  private List<String> fields = new ArrayList<>();

  public boolean isJson() {
    return format == Format.JSON || !fields.isEmpty();
  }

  /**
   * As {@link #chosen}, of what was only looked at.
   *
   * @throws Failure when a name that was asked for stands nowhere in it: probably it is mistyped
   */
  public JsonNode found(JsonNode document) {
    Set<String> names = new LinkedHashSet<>();
    (document.isArray() ? document : Json.array().add(document))
        .forEach(entry -> entry.fieldNames().forEachRemaining(names::add));
    for (String field : fields) {
      if (!names.isEmpty() && !names.contains(field)) {
        throw Failure.of(
            ExitCode.USER_ERROR,
            "There is no field " + field + " in the answer",
            "It has: " + String.join(", ", names) + ".");
      }
    }
    return chosen(document);
  }

  /**
   * The document with the members that were asked for; of a list, in each of its entries. What it
   * does not have is null: after a change was made, nothing may look as if it was not.
   */
  public JsonNode chosen(JsonNode document) {
    if (fields.isEmpty()) {
      return document;
    }
    if (document.isArray()) {
      ArrayNode entries = Json.array();
      document.forEach(entry -> entries.add(chosen(entry)));
      return entries;
    }
    ObjectNode chosen = Json.object();
    for (String field : fields) {
      JsonNode value = document.get(field);
      chosen.set(field, value == null ? NullNode.getInstance() : value);
    }
    return chosen;
  }
}
