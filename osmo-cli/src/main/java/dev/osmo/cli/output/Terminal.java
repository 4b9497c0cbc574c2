package dev.osmo.cli.output;

import dev.osmo.cli.screen.Spinner;
import dev.osmo.cli.screen.Tty;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The three standard streams: data to {@link #line}, talk to {@link #talk}. Every line passes
 * through {@link TerminalText}, so no command can forget to clean what a server sent. Always UTF-8,
 * whatever the locale says.
 */
@Singleton
public class Terminal {
  private final InputStream in;
  private final PrintStream stdout;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Questions questions = new Questions(this);
  private boolean onlyCopy;

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

  /** For picocli's own help texts, which hold nothing from a server. */
  public PrintWriter out() {
    return out;
  }

  public PrintWriter err() {
    return err;
  }

  public void line(String text) {
    out.print(TerminalText.oneLine(text) + "\n");
  }

  /** Several lines of our own making, such as a table or a JSON document. */
  public void block(String text) {
    text.lines().forEach(this::line);
  }

  /** A table: whole for a program, cut to the width of the screen for a person. */
  public void block(Table table) {
    OptionalInt columns = Tty.columns(1);
    block(columns.isPresent() ? table.fitting(columns.getAsInt()) : table.toString());
  }

  /** Shows a person that something takes its time; nothing may be printed until it is closed. */
  public Spinner waiting(String forWhat) {
    return waiting(() -> forWhat);
  }

  /** The same with words that change meanwhile. */
  public Spinner waiting(Supplier<String> forWhat) {
    return Spinner.start(err, forWhat, Tty.canMoveTheCursor(2));
  }

  /**
   * Bytes of a server: whole for a program, made harmless for a person's eyes. Unlike other output
   * it keeps its line breaks, and gets none.
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

  /** Whether a person reads the standard output as it appears. */
  public boolean isInteractive() {
    return Tty.is(1);
  }

  /** No token and no JWT gets through, whole or cut: what is said here often ends in a log. */
  public void talk(String text) {
    out.flush();
    err.print(masked(text) + "\n");
    err.flush();
  }

  /** Cleaned first: what is dropped may stand in the middle of a token. */
  private static String masked(String text) {
    return Masked.text(TerminalText.oneLine(text));
  }

  /** Whether a person sits at the standard input, so that a question makes sense. */
  public boolean isAnswered() {
    return Tty.is(0);
  }

  /** What the person who sits there may be asked. */
  public Questions questions() {
    return questions;
  }

  /** The words of a question, on stderr, without the end of their line. */
  void prompt(String words) {
    out.flush();
    err.print(masked(words));
    err.flush();
  }

  /**
   * Whether everything printed so far has left the process: a token that was not written is lost.
   */
  public boolean delivered() {
    err.flush();
    return !out.checkError() && !stdout.checkError();
  }

  /** What is printed from now on is a secret that was made just now, and stands nowhere else. */
  public void printsTheOnlyCopy() {
    onlyCopy = true;
  }

  public boolean printedTheOnlyCopy() {
    return onlyCopy;
  }
}
