package dev.osmo.cli.tokentext;

import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.screen.Spinner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a scan has seen so far. While it goes on, a terminal shows how far it is; between two signs
 * the finds are printed as they are made.
 */
final class ScanReport implements ScannedTree.Listener, AutoCloseable {
  /** Ends the search: what else it found could not be told. */
  static final class NobodyReads extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final Terminal terminal;
  private final boolean atOnce;
  private final List<FoundToken> tokens = new ArrayList<>();
  private final AtomicInteger files = new AtomicInteger();
  private int unreadable;
  private Spinner spinner;

  /**
   * @param atOnce whether each find is printed as it is made
   */
  ScanReport(Terminal terminal, boolean atOnce) {
    this.terminal = terminal;
    this.atOnce = atOnce;
    spinner = spinner();
  }

  /**
   * Tells of a token.
   *
   * @throws NobodyReads when it could not be printed
   */
  void found(FoundToken token) {
    tokens.add(token);
    if (atOnce) {
      betweenSigns(
          () -> {
            terminal.line(token.text());
            terminal.out().flush();
          });
      if (!terminal.delivered()) {
        throw new NobodyReads();
      }
    }
  }

  @Override
  public void searched(Path file) {
    files.incrementAndGet();
  }

  @Override
  public void unreadable(Path file) {
    unreadable++;
    betweenSigns(() -> terminal.talk("Warning: Cannot read " + file));
  }

  List<FoundToken> tokens() {
    return List.copyOf(tokens);
  }

  boolean sawEverything() {
    return unreadable == 0;
  }

  private void betweenSigns(Runnable print) {
    spinner.close();
    print.run();
    spinner = spinner();
  }

  private Spinner spinner() {
    return terminal.waiting(() -> "Searching, " + files + " files so far");
  }

  @Override
  public void close() {
    spinner.close();
  }
}
