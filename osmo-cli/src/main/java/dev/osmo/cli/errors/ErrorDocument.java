package dev.osmo.cli.errors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Masked;
import dev.osmo.cli.output.TerminalText;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * The JSON form of an error message, on standard error. {@code message} and {@code code} are those
 * of the existing OSMO client: the HTTP status, or 1 without a response.
 */
public final class ErrorDocument {
  private static final Pattern WANTED =
      Pattern.compile("(?im)^(-t=?\\n?json|--format-type[=\\n]json|--json(=.*)?)$");

  private ErrorDocument() {}

  /**
   * Whether JSON was requested. Searches the raw arguments, because picocli does not read those
   * after a mistake.
   *
   * @param typed the command
   */
  public static boolean isWanted(CommandLine typed, List<String> arguments) {
    return typed.getCommandSpec().findOption("--format-type") != null
        && WANTED.matcher(String.join("\n", arguments)).find();
  }

  public static String of(Failure failure) {
    ObjectNode json =
        Json.object()
            .put("message", masked(failure.what()))
            .put("code", failure.status() == 0 ? 1 : failure.status())
            .put("exit_code", failure.exitCode().number());
    failure.nextStep().ifPresent(step -> json.put("next_step", masked(step)));
    failure.requestId().ifPresent(id -> json.put("request_id", masked(id)));
    return Json.indented(json, 2);
  }

  /** Masks before JSON escapes a control character in the middle of a token. */
  private static String masked(String text) {
    return Masked.text(TerminalText.oneLine(text));
  }
}
