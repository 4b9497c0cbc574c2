package dev.osmo.exchange.oauth;

import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.problem.Refusal;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Decides whether a request comes from our web page. The browser adds the cookie of a session to
 * requests that other pages cause, too (CSRF), so a request needs three more things.
 *
 * <ol>
 *   <li>The header {@code X-Osmo-Web}, which a form cannot have, and a script of another origin not
 *       without our permission (CORS), which nobody gets.
 *   <li>Exactly one {@code Origin}, which the browser sets and no script can change: ours.
 *   <li>{@code Sec-Fetch-Site}, if the browser sends it: {@code same-origin}, so not another
 *       application of our site.
 * </ol>
 */
@Singleton
class WebPage {

  static final String HEADER = "X-Osmo-Web";

  private final String origin;

  WebPage(AuthExchangeConfig config) {
    this.origin = originOf(URI.create(config.issuer()));
  }

  /**
   * Refuses every other request.
   *
   * @param headers the values of a header; empty if the request does not have it
   */
  void require(Function<String, List<String>> headers) {
    List<String> site = headers.apply("Sec-Fetch-Site");
    boolean ours =
        headers.apply(HEADER).equals(List.of("1"))
            && headers.apply("Origin").equals(List.of(origin))
            && (site.isEmpty() || site.equals(List.of("same-origin")));
    if (!ours) {
      throw Refusal.of(ExchangeProblem.NOT_THE_WEB_PAGE).toException();
    }
  }

  /** As browsers write it: in lower case, without the default port (RFC 6454, section 6.2). */
  static String originOf(URI address) {
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    String host = address.getHost().toLowerCase(Locale.ROOT);
    boolean usualPort = address.getPort() == -1 || address.getPort() == usual;
    return scheme + "://" + host + (usualPort ? "" : ":" + address.getPort());
  }
}
