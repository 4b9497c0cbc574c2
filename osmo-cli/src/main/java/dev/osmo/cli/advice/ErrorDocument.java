package dev.osmo.cli.advice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Masked;
import dev.osmo.cli.output.TerminalText;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * What a program that asked for JSON gets on stderr in place of the line for a person. {@code
 * message} and {@code code} are the existing client's: the server's status, or 1 without one.
 */
public final class ErrorDocument {
  private static final Pattern WANTED =
      Pattern.compile("(?im)^(-t=?\\n?json|--format-type[=\\n]json|--json(=.*)?)$");

  private ErrorDocument() {}

  /**
   * Asked of the bare arguments: those after the mistake were not read any more.
   *
   * @param typed the command that they led to
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

  /** Before JSON writes a control character in the middle of a token as an escape. */
  private static String masked(String text) {
    return Masked.text(TerminalText.oneLine(text));
  }
}
