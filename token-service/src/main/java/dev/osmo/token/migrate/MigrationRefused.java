package dev.osmo.token.migrate;

/** The migration was refused and the schema is unchanged. The message is for the operator. */
final class MigrationRefused extends Exception {

  private static final long serialVersionUID = 1L;

  MigrationRefused(String sentence) {
    super(sentence);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
