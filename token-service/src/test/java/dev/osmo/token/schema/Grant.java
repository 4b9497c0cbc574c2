package dev.osmo.token.schema;

/**
 * One privilege of one database user in the notation of {@code grants.txt}: {@code
 * osmo_token_service INSERT users.id}. The column {@code *} means the whole table, including future
 * columns.
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
