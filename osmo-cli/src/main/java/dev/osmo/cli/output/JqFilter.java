package dev.osmo.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code --jq}: a jq expression, applied to the JSON of a result. */
final class JqFilter {
  private static final Version VERSION = Versions.JQ_1_7;

  private final JsonQuery query;

  private JqFilter(JsonQuery query) {
    this.query = query;
  }

  /** On first use; in the native binary, the build machine loads them. */
  private static final class Functions {
    static final Scope BUILT_IN = load();

    private static Scope load() {
      Scope scope = Scope.newEmptyScope();
      BuiltinFunctionLoader.getInstance().loadFunctions(VERSION, scope);
      return scope;
    }
  }

  /**
   * One line per value: a string as it is, any other value as JSON.
   *
   * @throws Failure if the expression does not apply to this JSON
   */
  List<String> lines(JsonNode json) {
    List<String> lines = new ArrayList<>();
    try {
      query.apply(
          Scope.newChildScope(Functions.BUILT_IN),
          json,
          value -> lines.add(value.isTextual() ? value.textValue() : Json.onOneLine(value)));
    } catch (JsonQueryException inapplicable) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "The --jq expression failed: " + inapplicable.getMessage(),
          "Print the complete JSON with -t json and check the expression.");
    }
    return lines;
  }

  /** Parses the option. */
  static class Typed implements ITypeConverter<JqFilter> {
    @Override
    public JqFilter convert(String text) {
      try {
        return new JqFilter(JsonQuery.compile(text, VERSION));
      } catch (JsonQueryException malformed) {
        throw new TypeConversionException(
            "Invalid jq expression: " + text + ". For example: '.[].token_name'");
      }
    }
  }
}
