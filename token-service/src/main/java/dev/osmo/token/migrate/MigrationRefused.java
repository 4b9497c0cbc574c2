package dev.osmo.token.migrate;

/** The schema stays as it was; the message is the one sentence that the operator reads. */
final class MigrationRefused extends Exception {

  private static final long serialVersionUID = 1L;

  MigrationRefused(String sentence) {
    super(sentence);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
