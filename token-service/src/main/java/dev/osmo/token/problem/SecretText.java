package dev.osmo.token.problem;

import java.util.regex.Pattern;

/** Tells what looks like a token, wherever it stands. */
public final class SecretText {

  private static final Pattern TOKEN = Pattern.compile("osmo_[0-9A-Za-z]{34}");

  private SecretText() {}

  public static boolean isIn(String text) {
    return TOKEN.matcher(text).find();
  }
}
