package dev.osmo.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Denial;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * An error response, in any form that servers send: RFC 9457 with OSMO's {@code message}, a
 * framework's {@code detail}, an OAuth error, or a proxy's plain text, of which only the status is
 * used.
 *
 * @param type the name of the problem, of an OAuth error its code, or empty
 * @param name the name of the problem, also of an OAuth error, or empty
 * @param message the server's message, one sentence, or empty
 * @param denial the server's explanation of a refusal
 * @param isOfOsmo whether OSMO itself reports it, about an address that exists. A proxy, another
 *     program and OSMO for a wrong address do not.
 * @param location where the server redirects to
 * @param retryAfter the pause that the server requests
 */
public record Problem(
    int status,
    String type,
    String name,
    String message,
    Optional<String> requestId,
    Optional<Denial> denial,
    boolean isOfOsmo,
    Optional<String> location,
    Optional<Duration> retryAfter) {
  private static final int LONGEST_MESSAGE = 2000;
  private static final int LONGEST_LOCATION = 200;

  /** What a service and the gateway of the local stack respond for an unknown path. */
  private static final Set<String> WRONG_ADDRESS = Set.of("not-found", "no-such-route");

  /** Conflicts other than an existing name. */
  private static final Set<String> OTHER_CONFLICTS =
      Set.of(
          "token-not-active",
          "newer-secret-in-use",
          "too-many-tokens",
          "user-disabled",
          "last-administrator",
          "conflict");

  static Problem of(
      int status,
      Optional<JsonNode> body,
      Optional<String> requestIdHeader,
      Optional<String> location,
      Optional<Duration> retryAfter) {
    String message =
        body.flatMap(
                json ->
                    text(json, "message")
                        .or(() -> text(json, "detail"))
                        .or(() -> text(json, "error_description")))
            .orElse("");
    Optional<String> requestId =
        body.flatMap(json -> text(json, "request_id")).or(() -> requestIdHeader);
    String type =
        body.flatMap(json -> text(json, "type").or(() -> text(json, "error")))
            .orElse("")
            .replaceFirst("^urn:osmo:problem:", "");
    String name = body.flatMap(json -> text(json, "problem")).orElse(type);
    Optional<Denial> denial =
        body.map(json -> json.path("denial")).filter(JsonNode::isObject).map(Denial::new);
    return new Problem(
        status, type, name, message, requestId, denial, isNamed(type, body), location, retryAfter);
  }

  public Failure asFailure() {
    String next = nextStep();
    Failure failure =
        Failure.of(exitCode(), without(next, what()), next)
            .withStatus(status)
            .withRequestId(requestId);
    Failure explained = denial.map(failure::withDenial).orElse(failure);
    return retryAfter.map(explained::withRetryAfter).orElse(explained);
  }

  private ExitCode exitCode() {
    return switch (status) {
      case 401 -> ExitCode.NOT_AUTHENTICATED;
      case 403 -> ExitCode.FORBIDDEN;
      case 404 -> isOfOsmo ? ExitCode.NOT_FOUND : ExitCode.USER_ERROR;
      case 409 -> OTHER_CONFLICTS.contains(type) ? ExitCode.USER_ERROR : ExitCode.ALREADY_EXISTS;
      case 429, 503 -> ExitCode.TRY_LATER;
      default -> status >= 400 && status < 500 ? ExitCode.USER_ERROR : ExitCode.SERVER_ERROR;
    };
  }

  private String what() {
    if (isWrongAddress()) {
      return "The server has nothing at this address (status 404)";
    }
    Optional<String> explained = denial.map(Denial::message).filter(text -> !text.isBlank());
    if (explained.isPresent()) {
      return explained.get();
    }
    if (!message.isEmpty()) {
      return message;
    }
    return isRedirect()
        ? "The server redirects (status " + status + ")" + target() + ", which osmo does not follow"
        : "The server responded with status " + status;
  }

  /** Many sentences of a server end with the next step that osmo prints after them. */
  private static String without(String next, String what) {
    String end = next.isEmpty() ? "" : ". " + next.replaceFirst("\\.$", "");
    String said = what.replaceFirst("\\.$", "");
    return !end.isEmpty() && said.endsWith(end)
        ? said.substring(0, said.length() - end.length())
        : what;
  }

  private boolean isRedirect() {
    return status >= 300 && status < 400;
  }

  private boolean isWrongAddress() {
    return status == 404 && !isOfOsmo;
  }

  /** Without its query, which may contain a secret. */
  private String target() {
    return location
        .map(text -> text.split("[?#]", 2)[0])
        .filter(text -> !text.isBlank() && text.length() <= LONGEST_LOCATION && !text.contains("@"))
        .map(text -> " to " + text)
        .orElse("");
  }

  private String nextStep() {
    return denial.flatMap(Problem::nextAfter).orElseGet(this::usualNextStep);
  }

  /** Empty for the usual next step. */
  private static Optional<String> nextAfter(Denial denial) {
    if (!denial.next().isEmpty()) {
      return Optional.of("Next: " + String.join("; then ", denial.next()));
    }
    return switch (denial.reason()) {
      case "jwt-downscoped" -> Optional.of("Use a JWT that was requested with this role.");
      case "rotated-out" -> Optional.of("Log in with it: osmo login <url> --token-file=<file>");
      case "owner-disabled" -> Optional.of("Only an administrator can enable the user.");
      default -> Optional.empty();
    };
  }

  private String usualNextStep() {
    return switch (type) {
      case "exceeds-login" ->
          "Request fewer roles or an earlier expiration, or log in with a token that allows it.";
      case "owner-disabled" -> "Only an administrator can enable the user.";
      case "token-suspended" -> "Resume it with another token: osmo token resume <name>";
      case "no-roles-left" -> "Create a new token: osmo token set <name>";
      default -> nextStepOfStatus();
    };
  }

  private String nextStepOfStatus() {
    return switch (exitCode()) {
      case NOT_AUTHENTICATED -> "Log in again: osmo login <url>";
      case FORBIDDEN -> "Ask an administrator for a role that allows this.";
      case TRY_LATER -> "Try again in a moment.";
      case SERVER_ERROR ->
          isRedirect()
              ? "Log in to the address that it redirects to."
              : "Try again. If it fails again, report the request id to the server's operator.";
      case USER_ERROR ->
          isWrongAddress()
              ? "Check the URL of the context (osmo context show). An older server may not have"
                  + " this function."
              : "";
      case OK,
          REFUSED_SUBMISSION,
          STAYS_DISABLED,
          FOUND,
          INTERRUPTED,
          NOT_FOUND,
          ALREADY_EXISTS,
          COMMAND_NOT_EXECUTABLE,
          COMMAND_NOT_FOUND,
          OUTPUT_CLOSED ->
          "";
    };
  }

  /** OSMO's errors have an {@code error_code}; other frameworks send none. */
  private static boolean isNamed(String type, Optional<JsonNode> body) {
    return !WRONG_ADDRESS.contains(type)
        && body.flatMap(json -> text(json, "error_code")).isPresent();
  }

  private static Optional<String> text(JsonNode json, String field) {
    return Optional.ofNullable(json.get(field))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(text -> !text.isBlank())
        .map(text -> text.substring(0, Math.min(text.length(), LONGEST_MESSAGE)));
  }
}
