package dev.osmo.cli.options;

import dev.osmo.cli.output.FormatOption;
import picocli.CommandLine.Option;

/** For commands whose answer holds a secret: also {@code -q}, the secret and not a word more. */
public class SecretOption extends FormatOption {
  @Option(
      names = {"-q", "--quiet"},
      description = "Print the token alone.")
  private boolean quiet;

  public boolean isQuiet() {
    return quiet;
  }
}
