package dev.osmo.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/**
 * {@code -t/--format-type}, {@code --json} and {@code --jq}, for every command that prints data.
 */
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
      split = CommaList.SEPARATOR,
      splitSynopsisLabel = CommaList.LABEL,
      description = "Print JSON with these fields only, separated by commas.")
  private List<String> fields = new ArrayList<>();

  @Option(
      names = "--jq",
      paramLabel = "EXPRESSION",
      converter = JqFilter.Typed.class,
      description = "Print the values that this jq expression selects from the JSON, one per line.")
  private Optional<JqFilter> jq = Optional.empty();

  boolean isJson() {
    return format == Format.JSON || !fields.isEmpty() || jq.isPresent();
  }

  Optional<JqFilter> jq() {
    return jq;
  }

  /**
   * As {@link #selectedFields}, for the result of a query.
   *
   * @throws Failure if a requested field is in no entry: it is probably mistyped
   */
  JsonNode existingFields(JsonNode document) {
    Set<String> names = new LinkedHashSet<>();
    (document.isArray() ? document : Json.array().add(document))
        .forEach(entry -> entry.fieldNames().forEachRemaining(names::add));
    for (String field : fields) {
      if (!names.isEmpty() && !names.contains(field)) {
        throw Failure.of(
            ExitCode.USER_ERROR,
            "There is no field " + field + " in the response",
            "It has: " + String.join(", ", names) + ".");
      }
    }
    return selectedFields(document);
  }

  /**
   * The document, or each entry of a list, with the requested fields only. A field that it does not
   * have is null: after a change, an error would suggest that nothing was changed.
   */
  JsonNode selectedFields(JsonNode document) {
    if (fields.isEmpty()) {
      return document;
    }
    if (document.isArray()) {
      ArrayNode entries = Json.array();
      document.forEach(entry -> entries.add(selectedFields(entry)));
      return entries;
    }
    ObjectNode selected = Json.object();
    for (String field : fields) {
      JsonNode value = document.get(field);
      selected.set(field, value == null ? NullNode.getInstance() : value);
    }
    return selected;
  }
}
