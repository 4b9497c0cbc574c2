package dev.osmo.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/**
 * For commands that print a list: also {@code --wide}, more columns, {@code -q}, the names alone,
 * as input for another command, {@code --no-headers}, the rows alone, and {@code --sort-by}.
 */
public class TableOption extends FormatOption {
  @Option(names = "--wide", description = "Show more columns.")
  private boolean wide;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only the names, one per line.")
  private boolean quiet;

  @Option(names = "--no-headers", description = "Print only the rows, without headers and borders.")
  private boolean withoutHeaders;

  @Option(
      names = "--sort-by",
      paramLabel = "FIELD",
      converter = SortOrder.Typed.class,
      description =
          "Sort by this field of the JSON, for example expires_at or, descending,"
              + " expires_at:desc.")
  private Optional<SortOrder> order = Optional.empty();

  /**
   * The entries in the order that the user requests, else unchanged.
   *
   * @throws Failure if no entry has the field: it is probably mistyped
   */
  public <T> List<T> sorted(Collection<T> entries, Function<T, JsonNode> asJson) {
    return order
        .map(requested -> requested.applyTo(entries, asJson))
        .orElseGet(() -> List.copyOf(entries));
  }

  /** As above, for an array. */
  public ArrayNode sorted(JsonNode array) {
    return Json.array().addAll(sorted(array.valueStream().toList(), entry -> entry));
  }

  public boolean isSorted() {
    return order.isPresent();
  }

  public boolean isWide() {
    return wide;
  }

  boolean isWithoutHeaders() {
    return withoutHeaders;
  }

  boolean isQuiet() {
    return quiet;
  }
}
