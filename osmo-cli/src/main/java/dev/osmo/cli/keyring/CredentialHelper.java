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
 * A program that keeps secrets, called as docker calls its credential helpers (see
 * docker-credential-helpers): {@code get}, {@code store} and {@code erase} as its argument, the
 * rest through its standard streams, so that no secret is among the arguments.
 *
 * @param name what follows {@code osmo-credential-} or {@code docker-credential-} in the program's
 *     name
 */
public record CredentialHelper(String name) {
  /** How long one call may take: long enough for somebody to type a passphrase. */
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern NOT_THERE = Pattern.compile("(?i).*credentials not found.*");

  public CredentialHelper {
    if (!SHAPE.matcher(name).matches()) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "'" + name + "' cannot be the name of a credential helper",
          "For the program osmo-credential-pass it is: pass");
    }
  }

  /**
   * The secret that was stored under this key.
   *
   * @throws Failure when there is none, or the helper does not tell it
   */
  public String get(String key) {
    HelperRun run = HelperRun.of(name, "get", key);
    if (!run.succeeded()) {
      throw failed(ExitCode.NOT_AUTHENTICATED, "gives no token for " + key, run);
    }
    return Json.read(run.output().getBytes(StandardCharsets.UTF_8))
        .map(answer -> answer.path("Secret"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .orElseThrow(() -> failed(ExitCode.NOT_AUTHENTICATED, "answers something else", run));
  }

  /** Stores the secret, over what was there. */
  public void store(String key, String user, String secret) {
    String entry =
        Json.onOneLine(
            Json.object().put("ServerURL", key).put("Username", user).put("Secret", secret));
    HelperRun run = HelperRun.of(name, "store", entry);
    if (!run.succeeded()) {
      throw failed(ExitCode.USER_ERROR, "could not store the token", run);
    }
  }

  /** Erases the secret; one that is not there is erased. */
  public void erase(String key) {
    HelperRun run = HelperRun.of(name, "erase", key);
    if (!run.succeeded() && !NOT_THERE.matcher(run.reason().orElse("")).matches()) {
      throw failed(ExitCode.USER_ERROR, "could not erase the token of " + key, run);
    }
  }

  /** What a helper prints when it succeeds may be a secret; only a refusal is repeated. */
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
            ? "Unlock what it keeps secrets in, or log in again."
            : "Try: " + run.program() + " list");
  }
}
