package dev.osmo.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.util.Optional;
import java.util.Set;

/**
 * An error response, in any form that servers send: RFC 9457 with OSMO's {@code message}, a
 * framework's {@code detail}, or a proxy's plain text, of which only the status is used.
 *
 * @param type the name of the problem, or empty
 * @param message the server's message, one sentence, or empty
 */
public record Problem(int status, String type, String message, Optional<String> requestId) {
  private static final int LONGEST_MESSAGE = 2000;

  /** Conflicts other than an existing name. */
  private static final Set<String> OTHER_CONFLICTS =
      Set.of(
          "token-not-active",
          "newer-secret-in-use",
          "too-many-tokens",
          "user-disabled",
          "last-administrator",
          "conflict");

  static Problem of(int status, Optional<JsonNode> body, Optional<String> requestIdHeader) {
    String message =
        body.flatMap(json -> text(json, "message").or(() -> text(json, "detail"))).orElse("");
    Optional<String> requestId =
        body.flatMap(json -> text(json, "request_id")).or(() -> requestIdHeader);
    String type =
        body.flatMap(json -> text(json, "type")).orElse("").replaceFirst("^urn:osmo:problem:", "");
    return new Problem(status, type, message, requestId);
  }

  public Failure asFailure() {
    return Failure.of(exitCode(), what(), nextStep()).withStatus(status).withRequestId(requestId);
  }

  private ExitCode exitCode() {
    return switch (status) {
      case 401 -> ExitCode.NOT_AUTHENTICATED;
      case 403 -> ExitCode.FORBIDDEN;
      case 404 -> ExitCode.NOT_FOUND;
      case 409 -> OTHER_CONFLICTS.contains(type) ? ExitCode.USER_ERROR : ExitCode.ALREADY_EXISTS;
      case 429, 503 -> ExitCode.TRY_LATER;
      default -> status >= 400 && status < 500 ? ExitCode.USER_ERROR : ExitCode.SERVER_ERROR;
    };
  }

  private String what() {
    if (!message.isEmpty()) {
      return message;
    }
    return status >= 300 && status < 400
        ? "The server redirects (status " + status + "), which osmo does not follow"
        : "The server responded with status " + status;
  }

  private String nextStep() {
    return switch (exitCode()) {
      case NOT_AUTHENTICATED -> "Log in again: osmo login <url> --method=token --token-file=<file>";
      case FORBIDDEN -> "Ask an administrator for a role that allows this.";
      case TRY_LATER -> "Try again in a moment.";
      case SERVER_ERROR ->
          status >= 300 && status < 400
              ? "Log in to the address that it redirects to."
              : "Try again. If it fails again, report the request id to the server's operator.";
      case OK,
          REFUSED_SUBMISSION,
          FOUND,
          USER_ERROR,
          INTERRUPTED,
          NOT_FOUND,
          ALREADY_EXISTS,
          COMMAND_NOT_EXECUTABLE,
          COMMAND_NOT_FOUND,
          OUTPUT_CLOSED ->
          "";
    };
  }

  private static Optional<String> text(JsonNode json, String field) {
    return Optional.ofNullable(json.get(field))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(text -> !text.isBlank())
        .map(text -> text.substring(0, Math.min(text.length(), LONGEST_MESSAGE)));
  }
}
