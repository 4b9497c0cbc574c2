package dev.osmo.cli.server;

import dev.osmo.cli.http.Endpoint;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The base address of an OSMO server, without a trailing slash: scheme, host, port and optionally a
 * path, never a user, a query or a fragment. Requests are paths below it, so a credential cannot
 * reach another origin.
 */
public record ServerUrl(String text) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final int LAST_PORT = 65_535;

  private static final Pattern SHAPE =
      Pattern.compile(
          "(?<scheme>[^:/?#]*)://(?<host>[^/?#:\\[]*|\\[[^/?#\\]]*])(?<rest>([:/?#].*)?)");

  public ServerUrl {
    text = checked(text).replaceAll("/+$", "");
  }

  public String resolve(String pathAndQuery) {
    return text + pathAndQuery;
  }

  /** The path of a request, which starts with the path of this address. */
  String target(String pathAndQuery) {
    return String.valueOf(uri(text).getRawPath()) + pathAndQuery;
  }

  boolean isEncrypted() {
    return text.regionMatches(true, 0, "https:", 0, "https:".length());
  }

  Endpoint endpoint() {
    int port = uri(text).getPort();
    int usual = isEncrypted() ? HTTPS : HTTP;
    return new Endpoint(host().replaceAll("[\\[\\]]", ""), port < 0 ? usual : port);
  }

  /**
   * The address that a token may be sent to: the only check for unencrypted servers.
   *
   * @param allowed whether the user allows an unencrypted connection to another machine
   * @param howToAllow what the user can do to allow it
   * @throws Failure if the connection would be unencrypted, not local, and not allowed
   */
  public ServerUrl requireEncryption(boolean allowed, String howToAllow) {
    if (isEncrypted() || isLoopback() || allowed) {
      return this;
    }
    throw Failure.of(
        ExitCode.USER_ERROR,
        text + " would receive the token unencrypted",
        "Use https://, or " + howToAllow + " if you trust every network in between.");
  }

  /**
   * Whether the traffic stays on this machine. Only the reserved name and addresses count: some
   * resolvers query the network for names below {@code localhost}.
   */
  public boolean isLoopback() {
    String host = host();
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  @Override
  public String toString() {
    return text;
  }

  /** In lower case. */
  private String host() {
    return shape(text).group("host").toLowerCase(Locale.ROOT);
  }

  /** The address with its host in ASCII. */
  private static String checked(String text) {
    Matcher shape = shape(text);
    String scheme = shape.group("scheme").toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw bad(text, "it must start with https:// or http://");
    }
    String rest = shape.group("rest");
    if (rest.matches("[^/?#]*@.*") || shape.group("host").contains("@")) {
      throw bad("(hidden)", "it must not contain a user name or password");
    }
    String host = HostName.ascii(shape.group("host"));
    if (host.isEmpty()) {
      throw bad(text, "it has no host");
    }
    String ascii = shape.group("scheme") + "://" + host + rest;
    URI uri = uri(ascii);
    if (uri.getHost() == null || uri.getPort() > LAST_PORT) {
      throw bad(text, "it is not an address");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw bad(text, "it must not contain a query or a fragment");
    }
    return ascii;
  }

  private static Matcher shape(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw bad(text, "it must start with https:// or http://");
    }
    return shape;
  }

  /** {@code URI} refuses hosts with an underscore, which resolvers and servers accept. */
  private static URI uri(String text) {
    try {
      Matcher shape = shape(text);
      return URI.create(
          shape.group("scheme")
              + "://"
              + shape.group("host").replace('_', 'x')
              + shape.group("rest"));
    } catch (IllegalArgumentException malformed) {
      throw bad(text, "it is not an address");
    }
  }

  private static Failure bad(String text, String why) {
    return Failure.of(
        ExitCode.USER_ERROR,
        "Bad url " + text + ": " + why,
        "For example: osmo login https://osmo.example.com");
  }
}
