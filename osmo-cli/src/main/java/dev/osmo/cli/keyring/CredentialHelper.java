package dev.osmo.cli.keyring;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A program that stores secrets, with the protocol of docker-credential-helpers: the argument is
 * {@code get}, {@code store} or {@code erase}. The secret goes through the standard streams, never
 * through arguments.
 *
 * @param name what follows {@code osmo-credential-} or {@code docker-credential-} in the program's
 *     name
 */
public record CredentialHelper(String name) {
  /** The limit for one call, which allows for typing a passphrase. */
  public static final Duration TIMEOUT = Duration.ofMinutes(2);

  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern NOT_FOUND = Pattern.compile("(?i).*credentials not found.*");

  public CredentialHelper {
    if (!SHAPE.matcher(name).matches()) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "'" + name + "' is not a valid credential helper name",
          "For the program osmo-credential-pass, the name is pass.");
    }
  }

  /**
   * Reads the secret stored under this key.
   *
   * @throws Failure if there is none or the helper fails
   */
  public String get(String key) {
    HelperRun run = HelperRun.of(name, "get", key);
    if (!run.succeeded()) {
      throw failed(ExitCode.NOT_AUTHENTICATED, "has no token for " + key, run);
    }
    return Json.read(run.output().getBytes(StandardCharsets.UTF_8))
        .map(response -> response.path("Secret"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .orElseThrow(() -> failed(ExitCode.NOT_AUTHENTICATED, "returned an invalid response", run));
  }

  /** Stores the secret, and replaces an old one. */
  public void store(String key, String user, String secret) {
    String entry =
        Json.onOneLine(
            Json.object().put("ServerURL", key).put("Username", user).put("Secret", secret));
    HelperRun run = HelperRun.of(name, "store", entry);
    if (!run.succeeded()) {
      throw failed(ExitCode.USER_ERROR, "could not store the token", run);
    }
  }

  /** Erases the secret, if there is one. */
  public void erase(String key) {
    HelperRun run = HelperRun.of(name, "erase", key);
    if (!run.succeeded() && !NOT_FOUND.matcher(run.reason().orElse("")).matches()) {
      throw failed(ExitCode.USER_ERROR, "could not erase the token of " + key, run);
    }
  }

  /** Repeats only the output of a failed call: that of a successful one may be a secret. */
  private static Failure failed(ExitCode code, String what, HelperRun run) {
    Optional<String> reason = run.succeeded() ? Optional.empty() : run.reason();
    return Failure.of(
        code,
        "The credential helper "
            + run.program()
            + " "
            + what
            + reason.map(said -> ": " + said).orElse(""),
        code == ExitCode.NOT_AUTHENTICATED
            ? "Unlock its store, or log in again."
            : "Try: " + run.program() + " list");
  }
}
