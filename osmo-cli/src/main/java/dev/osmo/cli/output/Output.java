package dev.osmo.cli.output;

import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * Prints the result of a command as JSON, as lines for people or, with {@code -q}, as the bare
 * values. The only place that decides which of them: a command passes all that it can print.
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

  /** For a document that costs a request. */
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
    print(option, () -> document, option.isQuiet() ? names : lines);
  }

  /**
   * Prints a secret.
   *
   * @param secret what {@code -q} prints
   */
  public void print(
      SecretOption option, Document document, Supplier<Lines> secret, Supplier<Lines> lines) {
    print(option, () -> document, option.isQuiet() ? secret : lines);
  }

  /** Prints the document whatever the format option says. */
  public void printJson(FormatOption format, Document document) {
    document.lines(format).forEach(terminal::line);
  }

  /** Prints what people read before the result is known. With JSON, nothing. */
  public void printEarly(FormatOption format, Supplier<Lines> lines) {
    if (!format.isJson()) {
      lines.get().printTo(terminal);
    }
  }

  /** Whether somebody at a terminal can answer a question. */
  public boolean canAsk() {
    return terminal.isAnswered();
  }

  /** Asks for confirmation and says so if it is refused. */
  public boolean isConfirmed(FormatOption format, String question) {
    if (terminal.questions().confirms(question)) {
      return true;
    }
    tell(format, "Cancelled");
    return false;
  }

  /** Tells people something: with JSON on standard error, so that the document stays alone. */
  public void tell(FormatOption format, String line) {
    if (format.isJson()) {
      terminal.message(line);
    } else {
      terminal.line(line);
    }
  }
}
