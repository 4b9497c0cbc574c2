package dev.osmo.cli.signin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A method that a server can offer and osmo supports. */
public enum SignInMethod {
  /** In a browser on this machine. */
  PKCE,
  /** In a browser on any machine, with a code to type. */
  CODE,
  /** With an access token. */
  TOKEN;

  /** Empty for a method that osmo does not support. */
  public static Optional<SignInMethod> named(String name) {
    return Arrays.stream(values()).filter(method -> method.toString().equals(name)).findFirst();
  }

  /** As in {@code --method} and in the server's offer. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
