package dev.osmo.cli.output;

import dev.osmo.cli.tty.Spinner;
import dev.osmo.cli.tty.StandardStream;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The standard streams: {@link #line} prints data to standard output, {@link #message} messages to
 * standard error. Every line passes through {@link TerminalText}, so commands need not sanitize
 * what a server sent. Always UTF-8, whatever the locale.
 */
@Singleton
public class Terminal {
  private final InputStream in;
  private final PrintStream stdout;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Questions questions = new Questions(this);
  private Optional<String> onlyCopy = Optional.empty();

  public Terminal() {
    this(System.in, System.out, System.err);
  }

  protected Terminal(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.stdout = out;
    this.out = new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.err = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8));
  }

  public InputStream in() {
    return in;
  }

  /** For picocli's help texts, which contain nothing from a server. */
  public PrintWriter out() {
    return out;
  }

  public PrintWriter err() {
    return err;
  }

  public void line(String text) {
    out.print(TerminalText.oneLine(text) + "\n");
  }

  /** Prints several lines. */
  public void block(String text) {
    text.lines().forEach(this::line);
  }

  /** Prints a table; at a terminal, truncated to its width. */
  public void block(Table table) {
    OptionalInt columns = StandardStream.columns(1);
    block(columns.isPresent() ? table.fitting(columns.getAsInt()) : table.toString());
  }

  /** Shows progress at a terminal. Nothing may be printed until it is closed. */
  public Spinner waiting(String forWhat) {
    return waiting(() -> forWhat);
  }

  /** The same with a text that changes. */
  public Spinner waiting(Supplier<String> forWhat) {
    return Spinner.start(err, forWhat, StandardStream.supportsCursorMovement(2));
  }

  /**
   * Prints a response body: unchanged for a program, sanitized at a terminal. Adds no line break.
   */
  public void body(byte[] bytes) {
    if (isInteractive()) {
      block(new String(bytes, StandardCharsets.UTF_8));
      return;
    }
    out.flush();
    stdout.write(bytes, 0, bytes.length);
    stdout.flush();
  }

  /**
   * Ends the last line of a response body, if the next message goes to the same file or pipe. A
   * program that reads only the body gets it unchanged.
   */
  public void endLineOf(byte[] body) {
    boolean open = body.length > 0 && body[body.length - 1] != '\n';
    if (open && !isInteractive() && StandardStream.isSame(1, 2)) {
      err.print("\n");
      err.flush();
    }
  }

  /** Whether standard output is a terminal. */
  public boolean isInteractive() {
    return StandardStream.isTerminal(1);
  }

  /** Prints a message with all tokens and JWTs masked, because it may go to a log. */
  public void message(String text) {
    out.flush();
    err.print(masked(text) + "\n");
    err.flush();
  }

  /** Sanitizes first, because a removed character may be in the middle of a token. */
  private static String masked(String text) {
    return Masked.text(TerminalText.oneLine(text));
  }

  /** Whether standard input is a terminal, so that the user can answer questions. */
  public boolean isAnswered() {
    return StandardStream.isTerminal(0);
  }

  /**
   * Whether a person reads the messages and can act on them: standard input and standard error are
   * terminals. Standard output may be a pipe, because messages do not go there.
   */
  public boolean isAttended() {
    return isAnswered() && StandardStream.isTerminal(2);
  }

  public Questions questions() {
    return questions;
  }

  /** Prints a question to standard error, without a line break. */
  void prompt(String words) {
    out.flush();
    err.print(masked(words));
    err.flush();
  }

  /** Whether everything printed so far was written. A token that was not written is lost. */
  public boolean delivered() {
    err.flush();
    return !out.checkError() && !stdout.checkError();
  }

  /**
   * Declares that the next output contains a new secret that cannot be printed again.
   *
   * @param ifLost what to do if it could not be written
   */
  public void willPrintOnlyCopy(String ifLost) {
    onlyCopy = Optional.of(ifLost);
  }

  /** What to do if the output is lost; empty if the command can be repeated. */
  public Optional<String> onlyCopyLost() {
    return onlyCopy;
  }
}
