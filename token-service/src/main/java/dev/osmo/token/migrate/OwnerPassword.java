package dev.osmo.token.migrate;

/** The database owner's password. Only the driver receives it. */
record OwnerPassword(String value) {

  @Override
  public String toString() {
    return "OwnerPassword[***]";
  }
}
