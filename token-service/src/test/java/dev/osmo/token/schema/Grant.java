package dev.osmo.token.schema;

/**
 * One right of one database user, as the catalogue has it and as {@code grants.txt} writes it:
 * {@code osmo_token_service INSERT users.id}. The column {@code *} is the whole table, columns that
 * are still to come included.
 */
record Grant(String role, String verb, String object) implements Comparable<Grant> {

  @Override
  public int compareTo(Grant other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return role + " " + verb + " " + object;
  }
}
