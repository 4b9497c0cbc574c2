package dev.osmo.cli;

import dev.osmo.cli.output.Terminal;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The standard streams in memory. */
@Alternative
@Priority(1)
@Singleton
class TestTerminal extends Terminal {
  private final ByteArrayOutputStream out;
  private final ByteArrayOutputStream err;
  private final Typed typed;
  private boolean answered;

  TestTerminal() {
    this(new Typed(), new ByteArrayOutputStream(), new ByteArrayOutputStream());
  }

  private TestTerminal(Typed typed, ByteArrayOutputStream out, ByteArrayOutputStream err) {
    super(typed, new PrintStream(out, true), new PrintStream(err, true));
    this.typed = typed;
    this.out = out;
    this.err = err;
  }

  /** Whether standard input and standard error seem to be a terminal. */
  void answered(boolean newValue) {
    answered = newValue;
  }

  @Override
  public boolean isAnswered() {
    return answered;
  }

  @Override
  public boolean isAttended() {
    return answered;
  }

  void reset(String input) {
    out.reset();
    err.reset();
    typed.replace(input);
  }

  String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static final class Typed extends FilterInputStream {
    Typed() {
      super(InputStream.nullInputStream());
    }

    void replace(String input) {
      in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    }
  }
}
