package dev.osmo.testkit.openapi;

import java.util.Comparator;

/** One method of one path, as an OpenAPI document names them. */
public record Operation(String method, String path) implements Comparable<Operation> {

  private static final Comparator<Operation> BY_TEXT = Comparator.comparing(Operation::toString);

  /** From a text such as {@code GET /api/version}. */
  public static Operation of(String text) {
    int space = text.indexOf(' ');
    return new Operation(text.substring(0, space), text.substring(space + 1));
  }

  @Override
  public int compareTo(Operation other) {
    return BY_TEXT.compare(this, other);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
