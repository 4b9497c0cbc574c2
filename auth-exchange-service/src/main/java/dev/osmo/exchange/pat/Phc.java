package dev.osmo.exchange.pat;

/** An Argon2id digest in PHC form. Not a secret, but good for guessing at one: kept out of logs. */
public record Phc(String text) {

  @Override
  public String toString() {
    return "$argon2id$…";
  }
}
