package dev.osmo.exchange.openapi;

/** One method of one path. */
record Operation(String method, String path) implements Comparable<Operation> {

  static Operation post(String path) {
    return new Operation("POST", path);
  }

  static Operation get(String path) {
    return new Operation("GET", path);
  }

  @Override
  public int compareTo(Operation other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
