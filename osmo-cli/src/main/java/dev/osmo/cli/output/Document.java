package dev.osmo.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.UnaryOperator;

/** A result as JSON, with the layout that scripts expect of the command. */
public final class Document {
  private enum Layout {
    INDENTED,
    ONE_LINE,
    LINE_PER_ENTRY
  }

  private final JsonNode json;
  private final boolean fieldsMustExist;
  private final String list;
  private final Layout layout;
  private final int indent;

  private Document(JsonNode json, boolean fieldsMustExist, String list, Layout layout, int indent) {
    this.json = json;
    this.fieldsMustExist = fieldsMustExist;
    this.list = list;
    this.layout = layout;
    this.indent = indent;
  }

  /** The result of a query: {@code --json} with a field that it does not have is an error. */
  public static Document ofQuery(JsonNode json) {
    return new Document(json, true, "", Layout.INDENTED, 2);
  }

  /** The result of a change that has been made: a field that it does not have is null. */
  public static Document ofChange(JsonNode json) {
    return new Document(json, false, "", Layout.INDENTED, 2);
  }

  /** {@code --json} selects fields of the entries of this member instead of the document's own. */
  public Document withListIn(String member) {
    return new Document(json, fieldsMustExist, member, layout, indent);
  }

  public Document indentedBy(int spaces) {
    return new Document(json, fieldsMustExist, list, layout, spaces);
  }

  public Document onOneLine() {
    return new Document(json, fieldsMustExist, list, Layout.ONE_LINE, indent);
  }

  /** Each entry of the array on a line of its own. */
  public Document asJsonLines() {
    return new Document(json, fieldsMustExist, list, Layout.LINE_PER_ENTRY, indent);
  }

  List<String> lines(FormatOption format) {
    JsonNode selected =
        selectedBy(fieldsMustExist ? format::existingFields : format::selectedFields);
    return format.jq().map(jq -> filtered(selected, jq)).orElseGet(() -> lines(selected));
  }

  /** The complete document, whatever the options. */
  List<String> lines() {
    return lines(json);
  }

  private List<String> lines(JsonNode selected) {
    return switch (layout) {
      case INDENTED -> Json.indented(selected, indent).lines().toList();
      case ONE_LINE -> List.of(Json.onOneLine(selected));
      case LINE_PER_ENTRY -> selected.valueStream().map(Json::onOneLine).toList();
    };
  }

  private List<String> filtered(JsonNode selected, JqFilter jq) {
    try {
      return layout == Layout.LINE_PER_ENTRY
          ? selected.valueStream().flatMap(entry -> jq.lines(entry).stream()).toList()
          : jq.lines(selected);
    } catch (Failure inapplicable) {
      throw fieldsMustExist
          ? inapplicable
          : inapplicable.withNextStep("The change was made; do not repeat it.");
    }
  }

  private JsonNode selectedBy(UnaryOperator<JsonNode> selection) {
    if (list.isEmpty()) {
      return selection.apply(json);
    }
    if (!json.path(list).isArray()) {
      return json;
    }
    ObjectNode copy = json.deepCopy();
    copy.set(list, selection.apply(json.path(list)));
    return copy;
  }
}
