package dev.osmo.cli.signin;

import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.Server;
import dev.osmo.cli.server.ServerResponse;
import dev.osmo.cli.session.NewSession;
import dev.osmo.cli.session.ProviderSignIn;
import dev.osmo.cli.tty.Spinner;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Signs in with an authorization code and PKCE (RFC 7636), in a browser on this machine. */
@Singleton
class BrowserSignIn {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final Server server;
  private final Browser browser;
  private final Terminal terminal;
  private final Clock clock;

  BrowserSignIn(Server server, Browser browser, Terminal terminal, Clock clock) {
    this.server = server;
    this.browser = browser;
    this.terminal = terminal;
    this.clock = clock;
  }

  /**
   * Waits for the person.
   *
   * @param port for the redirect; 0 chooses a free one
   * @param open whether to open the page, else only its address is printed
   */
  NewSession signIn(Offer offer, int port, boolean open) {
    RandomText verifier = RandomText.create();
    RandomText state = RandomText.create();
    RandomText nonce = RandomText.create();
    try (Callback callback = Callback.listen(port, state)) {
      show(page(offer, callback, verifier, state, nonce), offer, open);
      RedirectQuery query = wait(callback);
      try {
        NewSession session = redeem(offer, callback, code(query, offer), verifier, nonce);
        callback.show(ClosingPage.SIGNED_IN);
        return session;
      } catch (Failure failure) {
        callback.show(ClosingPage.NOT_SIGNED_IN);
        throw failure;
      }
    }
  }

  private static BrowserPage page(
      Offer offer, Callback callback, RandomText verifier, RandomText state, RandomText nonce) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", offer.browserClient());
    parameters.put("redirect_uri", callback.redirect());
    parameters.put("scope", offer.scope());
    parameters.put("state", state.text());
    parameters.put("nonce", nonce.text());
    parameters.put("code_challenge", verifier.challenge());
    parameters.put("code_challenge_method", "S256");
    return offer.browserPage().with(parameters);
  }

  private void show(BrowserPage page, Offer offer, boolean open) {
    boolean opened = open && browser.open(page);
    terminal.message(
        opened
            ? "Your browser opens the sign-in page of "
                + offer.displayName()
                + ". If it does not, open this page on this machine:"
            : "To sign in, open this page on this machine:");
    terminal.message(page.text());
  }

  private RedirectQuery wait(Callback callback) {
    Spinner spinner = terminal.waiting("Waiting for you to sign in");
    try (spinner) {
      return callback.await(TIMEOUT);
    }
  }

  private static String code(RedirectQuery query, Offer offer) {
    return offer.namesIssuer()
        ? query.requireIssuer().code(offer.issuer())
        : query.code(offer.issuer());
  }

  private NewSession redeem(
      Offer offer, Callback callback, String code, RandomText verifier, RandomText nonce) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", offer.browserClient());
    form.put("code", code);
    form.put("redirect_uri", callback.redirect());
    form.put("code_verifier", verifier.text());
    form.put("nonce", nonce.text());
    ServerResponse response = server.send(offer.server(), OsmoApi.redeem(form), Optional.empty());
    if (!response.isOk()) {
      throw SignInRefused.because(response.problem());
    }
    return NewSession.from(
        response.json(),
        new ProviderSignIn(offer.provider(), offer.browserClient(), clock.instant()));
  }
}
