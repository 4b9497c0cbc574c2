package dev.osmo.cli.session;

import dev.osmo.cli.output.Denial;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.ServerUrl;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where an access token comes from. It decides what to do when the server refuses the token: the
 * server's advice needs another credential, because this one is refused for the advice, too.
 *
 * @param signIn how to get another credential, before the command for it
 * @param unknown what to check if the server does not know the token; empty: log in again
 * @param rotated what to do with the newer secret; empty: log in with it
 */
record TokenOrigin(String signIn, Optional<String> unknown, Optional<String> rotated) {
  private static final String SIGN_IN = "Sign in another way first: ";
  private static final int UNAUTHORIZED = 401;

  /** A saved context. */
  static TokenOrigin saved() {
    return new TokenOrigin(SIGN_IN, Optional.empty(), Optional.empty());
  }

  /**
   * A login, whose token is not saved yet.
   *
   * @param place for example an option
   */
  static TokenOrigin login(String place) {
    return new TokenOrigin(SIGN_IN, Optional.of(check(place)), Optional.empty());
  }

  /**
   * The environment.
   *
   * @param variable its name
   * @param place the variable, or the file that it names
   */
  static TokenOrigin environment(String variable, String place) {
    return new TokenOrigin(
        "Unset " + variable + " and sign in another way first: ",
        Optional.of(check(place)),
        Optional.of("Put it into " + place + "."));
  }

  private static String check(String place) {
    return "Check " + place + ": the token may be deleted, or of another server.";
  }

  /** The result of an exchange, or its failure with the next step. */
  <T> T exchanged(ServerUrl url, Supplier<T> exchange) {
    try {
      return exchange.get();
    } catch (Failure failure) {
      throw failure.status() == UNAUTHORIZED ? explained(url, failure) : failure;
    }
  }

  private Failure explained(ServerUrl url, Failure refused) {
    return nextStep(url, refused).map(refused::withNextStep).orElse(refused);
  }

  /** Empty for the usual next step. */
  private Optional<String> nextStep(ServerUrl url, Failure refused) {
    Optional<Denial> denial = refused.denial();
    if (denial.isEmpty()) {
      return unknown.filter(step -> refused.isTokenUnusable());
    }
    if (denial.get().reason().equals("rotated-out")) {
      return rotated;
    }
    return denial
        .filter(Denial::needsAnotherCredential)
        .map(
            explanation ->
                Stream.concat(Stream.of("osmo login " + url), explanation.next().stream())
                    .collect(Collectors.joining("; then ", signIn, "")));
  }
}
