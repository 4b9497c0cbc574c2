package dev.osmo.token.migrate;

/** The database owner's password. It goes to the driver and nowhere else. */
record OwnerPassword(String value) {

  @Override
  public String toString() {
    return "OwnerPassword[***]";
  }
}
