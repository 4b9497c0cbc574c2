package dev.osmo.cli.token;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reports the lines of a stream while it is read. Lines longer than any path are truncated. */
final class LineTap extends FilterInputStream {
  private static final int LONGEST = 8 * 1024;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LineTap(InputStream in, Consumer<String> lines) {
    super(in);
    this.lines = lines;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    for (int i = offset; i < offset + count; i++) {
      pass(buffer[i]);
    }
    if (count < 0) {
      end();
    }
    return count;
  }

  private void pass(byte each) {
    if (each == '\n') {
      end();
    } else if (line.size() < LONGEST) {
      line.write(each);
    }
  }

  private void end() {
    lines.accept(line.toString(StandardCharsets.UTF_8));
    line.reset();
  }
}
