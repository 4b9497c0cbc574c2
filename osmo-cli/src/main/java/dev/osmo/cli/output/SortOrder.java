package dev.osmo.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code --sort-by}: sorts the entries of a list by one field, numbers by value, times by the
 * instant and everything else as text. Entries without a value are last. Equal entries keep their
 * order.
 */
record SortOrder(String field, boolean descending) {
  private static final Comparator<JsonNode> BY_VALUE =
      Comparator.comparing(JsonNode::isNumber)
          .reversed()
          .thenComparing(JsonNode::decimalValue)
          .thenComparing(value -> ServerTime.parse(text(value)).orElse(Instant.MAX))
          .thenComparing(SortOrder::text, String.CASE_INSENSITIVE_ORDER);

  /**
   * Returns the sorted entries.
   *
   * @throws Failure if no entry has the field
   */
  <T> List<T> applyTo(Collection<T> entries, Function<T, JsonNode> asJson) {
    requireField(entries.stream().map(asJson).toList());
    Comparator<JsonNode> byValue = descending ? BY_VALUE.reversed() : BY_VALUE;
    return entries.stream()
        .sorted(
            Comparator.comparing(
                asJson,
                Comparator.comparing((JsonNode entry) -> !entry.hasNonNull(field))
                    .thenComparing(entry -> entry.path(field), byValue)))
        .toList();
  }

  private void requireField(List<JsonNode> entries) {
    Set<String> known = new LinkedHashSet<>();
    entries.forEach(entry -> entry.fieldNames().forEachRemaining(known::add));
    if (!known.isEmpty() && !known.contains(field)) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "There is no field " + field + " to sort by",
          "There are: " + String.join(", ", known) + ".");
    }
  }

  private static String text(JsonNode value) {
    if (!value.isArray()) {
      return value.isObject() ? value.toString() : value.asText();
    }
    return value.valueStream().map(SortOrder::text).collect(Collectors.joining(", "));
  }

  /** Parses the option. */
  static class Typed implements ITypeConverter<SortOrder> {
    @Override
    public SortOrder convert(String text) {
      String[] words = text.split(":", -1);
      boolean known = words.length == 1 || (words.length == 2 && words[1].matches("asc|desc"));
      if (!known || words[0].isEmpty()) {
        throw new TypeConversionException(
            "Cannot sort by " + text + ". Write a field, or a field with :asc or :desc");
      }
      return new SortOrder(words[0], text.endsWith(":desc"));
    }
  }
}
