package dev.osmo.cli.scan;

import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.tty.Spinner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The results of a scan so far. A terminal shows the progress between the results. */
final class ScanReport implements ScannedTree.Listener, AutoCloseable {
  /** Stops the scan, because further results could not be printed. */
  static final class OutputClosed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final Terminal terminal;
  private final boolean atOnce;
  private final List<FoundToken> tokens = new ArrayList<>();
  private final AtomicInteger files = new AtomicInteger();
  private int unreadable;
  private Spinner spinner;

  /**
   * @param atOnce whether to print each result immediately
   */
  ScanReport(Terminal terminal, boolean atOnce) {
    this.terminal = terminal;
    this.atOnce = atOnce;
    spinner = spinner();
  }

  /**
   * Adds a token.
   *
   * @throws OutputClosed if it could not be printed
   */
  void found(FoundToken token) {
    tokens.add(token);
    if (atOnce) {
      withoutSpinner(
          () -> {
            terminal.line(token.text());
            terminal.out().flush();
          });
      if (!terminal.delivered()) {
        throw new OutputClosed();
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
    withoutSpinner(() -> terminal.message("Warning: Cannot read " + file));
  }

  List<FoundToken> tokens() {
    return List.copyOf(tokens);
  }

  boolean sawEverything() {
    return unreadable == 0;
  }

  private void withoutSpinner(Runnable print) {
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
