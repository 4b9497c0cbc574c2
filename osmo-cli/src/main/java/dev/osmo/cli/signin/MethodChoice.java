package dev.osmo.cli.signin;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides how to sign in without an access token.
 *
 * @param wanted the method that the user requests
 * @param browser whether a browser can be opened here, and the user does not forbid it
 * @param forbidden whether the user forbids a browser
 */
record MethodChoice(Optional<SignInMethod> wanted, boolean browser, boolean forbidden) {

  /**
   * Returns one of the offered methods, or {@link SignInMethod#TOKEN}.
   *
   * @throws Failure if the requested method is not offered, or if the offered one needs a browser
   *     that does not exist here
   */
  SignInMethod of(Set<SignInMethod> offered) {
    if (wanted.isPresent()) {
      return wanted.filter(offered::contains).orElseThrow(() -> notOffered(offered));
    }
    boolean pkce = offered.contains(SignInMethod.PKCE);
    boolean code = offered.contains(SignInMethod.CODE);
    if (pkce && browser) {
      return SignInMethod.PKCE;
    }
    if (code) {
      return SignInMethod.CODE;
    }
    if (pkce && !forbidden) {
      throw noBrowser();
    }
    return pkce ? SignInMethod.PKCE : SignInMethod.TOKEN;
  }

  private Failure notOffered(Set<SignInMethod> offered) {
    return Failure.of(
        ExitCode.USER_ERROR,
        "The server does not offer the login method "
            + wanted.map(SignInMethod::toString).orElse(""),
        "It offers: "
            + offered.stream()
                .sorted()
                .map(method -> "--method=" + method)
                .collect(Collectors.joining(", "))
            + ".");
  }

  private static Failure noBrowser() {
    return Failure.of(
        ExitCode.USER_ERROR,
        "No browser can be opened here",
        "If this machine has one, add --no-browser and open the page yourself. Else log in with an"
            + " access token: --method=token --token-file=<file>");
  }
}
