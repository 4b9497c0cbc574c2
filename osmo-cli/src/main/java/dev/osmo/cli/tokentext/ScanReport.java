package dev.osmo.cli.tokentext;

import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.screen.Tty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a scan has seen so far. At a terminal it says now and then how far it is. */
final class ScanReport implements ScannedTree.Listener {
  private static final int FILES_BETWEEN_SIGNS = 2000;

  private final Terminal terminal;
  private final boolean atOnce;
  private final List<FoundToken> tokens = new ArrayList<>();
  private int files;
  private int unreadable;

  /**
   * @param atOnce whether each find is printed as it is made
   */
  ScanReport(Terminal terminal, boolean atOnce) {
    this.terminal = terminal;
    this.atOnce = atOnce;
  }

  void found(FoundToken token) {
    tokens.add(token);
    if (atOnce) {
      terminal.line(token.text());
    }
  }

  @Override
  public void searched(Path file) {
    files++;
    if (files % FILES_BETWEEN_SIGNS == 0 && Tty.is(2)) {
      terminal.talk(files + " files searched, " + tokens.size() + " tokens found …");
    }
  }

  @Override
  public void unreadable(Path file) {
    unreadable++;
    terminal.talk("Warning: Cannot read " + file);
  }

  List<FoundToken> tokens() {
    return List.copyOf(tokens);
  }

  boolean sawEverything() {
    return unreadable == 0;
  }
}
