package dev.osmo.cli.signin;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.Server;
import dev.osmo.cli.server.ServerResponse;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.NewSession;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Signs a person in at a server, in the way that the server offers and this machine allows. */
@Singleton
public class ProviderSignIns {
  private final Server server;
  private final Browser browser;
  private final BrowserSignIn inBrowser;
  private final DeviceSignIn onDevice;
  private final Terminal terminal;

  ProviderSignIns(
      Server server,
      Browser browser,
      BrowserSignIn inBrowser,
      DeviceSignIn onDevice,
      Terminal terminal) {
    this.server = server;
    this.browser = browser;
    this.inBrowser = inBrowser;
    this.onDevice = onDevice;
    this.terminal = terminal;
  }

  /**
   * What the user requests.
   *
   * @param provider the name of an identity provider; empty: the server's first
   * @param useBrowser whether osmo may open a browser
   * @param port for the redirect; 0 chooses a free one
   */
  public record Wishes(
      Optional<SignInMethod> method, Optional<String> provider, boolean useBrowser, int port) {}

  /**
   * Whether osmo may wait for a person: one is at the terminal, or the command names a method that
   * needs one. Neither {@code BROWSER} nor a desktop is such a wish: the environment of a pipeline
   * often contains them.
   */
  public boolean canAsk(Wishes wishes) {
    return !terminal.questions().areDisabled()
        && (wishes.method().isPresent() || terminal.isAttended());
  }

  /** Empty if the server offers access tokens only, and the user requests no other method. */
  public Optional<NewSession> signIn(ServerUrl url, Wishes wishes) {
    Offer offer = offer(url, wishes.provider());
    MethodChoice choice =
        new MethodChoice(
            wishes.method(), wishes.useBrowser() && browser.isAvailable(), !wishes.useBrowser());
    return switch (choice.of(offer.methods())) {
      case PKCE -> {
        offer.requireOwnEndpoints();
        yield Optional.of(inBrowser.signIn(offer, wishes.port(), wishes.useBrowser()));
      }
      case CODE -> {
        offer.requireOwnEndpoints();
        yield Optional.of(onDevice.signIn(offer));
      }
      case TOKEN -> Optional.empty();
    };
  }

  /** A server without this route accepts access tokens only. */
  private Offer offer(ServerUrl url, Optional<String> provider) {
    ServerResponse response = server.send(url, OsmoApi.signIn(provider), Optional.empty());
    if (response.status() == 404 && provider.isPresent()) {
      throw unknown(provider.get(), offer(url, Optional.empty()));
    }
    return response.status() == 404 ? Offer.none(url) : Offer.of(url, response.json());
  }

  private static Failure unknown(String provider, Offer offer) {
    return Failure.of(
        ExitCode.NOT_FOUND,
        "The server has no identity provider " + provider,
        offer.providers().isEmpty()
            ? "It has none."
            : "It has: " + String.join(", ", offer.providers()) + ".");
  }
}
