package dev.osmo.cli.tty;

import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/**
 * Whether help texts are colored: at a terminal that supports colors, unless {@code NO_COLOR} is
 * set to any value (no-color.org).
 */
public final class Colors {
  private Colors() {}

  public static Ansi mode(boolean atTerminal, Optional<String> noColor, Optional<String> term) {
    boolean colored = atTerminal && noColor.isEmpty() && !term.equals(Optional.of("dumb"));
    return colored ? Ansi.ON : Ansi.OFF;
  }
}
