package dev.osmo.exchange.pat;

/** The public name of an access token for life: {@code pat_} and 22 base62 characters. */
public record PatId(String value) {

  @Override
  public String toString() {
    return value;
  }
}
