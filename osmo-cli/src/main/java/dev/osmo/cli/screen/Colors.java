package dev.osmo.cli.screen;

import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/**
 * Whether help texts may be coloured: at a terminal that can, when nobody asked not to. {@code
 * NO_COLOR} counts when it is set, whatever its value (no-color.org).
 */
public final class Colors {
  private Colors() {}

  public static Ansi of(boolean atTerminal, Optional<String> noColor, Optional<String> term) {
    boolean wanted = atTerminal && noColor.isEmpty() && !term.equals(Optional.of("dumb"));
    return wanted ? Ansi.ON : Ansi.OFF;
  }
}
