package dev.osmo.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** For commands that print a new secret: also {@code -q}, the secret alone. */
public class SecretOption extends FormatOption {
  @Option(
      names = {"-q", "--quiet"},
      description = "Print only the token.")
  private boolean quiet;

  /**
   * Checks {@code --json} before the secret is created, because the secret cannot be printed twice.
   *
   * @param members the fields that the document will have
   * @throws Failure if another field is requested
   */
  public void requireFields(String... members) {
    ObjectNode shape = Json.object();
    Stream.of(members).forEach(shape::putNull);
    existingFields(shape);
  }

  boolean isQuiet() {
    return quiet;
  }
}
