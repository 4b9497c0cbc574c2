package dev.osmo.cli.output;

import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * Prints the result of a command as JSON, as lines for users or, with {@code -q}, as the bare
 * values. The only place that selects the format: a command passes every form.
 */
@Singleton
public class Output {
  private final Terminal terminal;

  Output(Terminal terminal) {
    this.terminal = terminal;
  }

  public void print(FormatOption format, Document document, Supplier<Lines> lines) {
    print(format, () -> document, lines);
  }

  /** For a document that needs a request. */
  public void print(FormatOption format, Supplier<Document> document, Supplier<Lines> lines) {
    if (format.isJson()) {
      printJson(format, document.get());
    } else {
      lines.get().printTo(terminal);
    }
  }

  /**
   * Prints a list.
   *
   * @param names what {@code -q} prints
   */
  public void print(
      TableOption option, Document document, Supplier<Lines> names, Supplier<Lines> lines) {
    if (!option.isJson() && !option.isQuiet() && option.isWithoutHeaders()) {
      lines.get().printRowsTo(terminal);
    } else {
      print(option, () -> document, option.isQuiet() ? names : lines);
    }
  }

  /**
   * Prints a secret. If {@code --jq} fails, it prints the complete document before it throws.
   *
   * @param secret what {@code -q} prints
   */
  public void print(
      SecretOption option, Document document, Supplier<Lines> secret, Supplier<Lines> lines) {
    try {
      print(option, () -> document, option.isQuiet() ? secret : lines);
    } catch (Failure inapplicable) {
      document.lines().forEach(terminal::line);
      throw inapplicable;
    }
  }

  /** Prints the document as JSON, regardless of the format option. */
  public void printJson(FormatOption format, Document document) {
    document.lines(format).forEach(terminal::line);
  }

  /** Prints text before the result is available; nothing with JSON. */
  public void printEarly(FormatOption format, Supplier<Lines> lines) {
    if (!format.isJson()) {
      lines.get().printTo(terminal);
    }
  }

  /** Whether the user allows a command to wait for a person. */
  public boolean mayAsk() {
    return !terminal.questions().areDisabled();
  }

  /** Whether a user can answer questions at the terminal. */
  public boolean canAsk() {
    return terminal.isAnswered();
  }

  /** Asks for confirmation, and prints a note if the user declines. */
  public boolean isConfirmed(FormatOption format, String question) {
    if (terminal.questions().confirms(question)) {
      return true;
    }
    tell(format, "Cancelled");
    return false;
  }

  /**
   * Prints a note for users; with JSON on standard error, so that standard output contains only the
   * document.
   */
  public void tell(FormatOption format, String line) {
    if (format.isJson()) {
      terminal.message(line);
    } else {
      terminal.line(line);
    }
  }
}
