package dev.osmo.cli.options;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** For commands whose answer holds a secret: also {@code -q}, the secret and not a word more. */
public class SecretOption extends FormatOption {
  @Option(
      names = {"-q", "--quiet"},
      description = "Print the token alone.")
  private boolean quiet;

  /**
   * Before the secret is made: what is printed of it cannot be printed again.
   *
   * @param members the names that the document will have
   */
  public void demandFieldsAmong(String... members) {
    ObjectNode shape = Json.object();
    Stream.of(members).forEach(shape::putNull);
    found(shape);
  }

  public boolean isQuiet() {
    return quiet;
  }
}
