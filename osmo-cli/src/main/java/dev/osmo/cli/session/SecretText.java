package dev.osmo.cli.session;

/** The text of an access token or of a refresh token. */
public record SecretText(String text) {
  @Override
  public String toString() {
    return "SecretText[***]";
  }
}
