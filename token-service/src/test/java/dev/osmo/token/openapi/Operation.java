package dev.osmo.token.openapi;

/** A method at a path, as the document has it. */
record Operation(String method, String path) {

  /** {@code GET /api/version}. */
  static Operation of(String text) {
    String[] parts = text.split(" ", 2);
    return new Operation(parts[0], parts[1]);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
