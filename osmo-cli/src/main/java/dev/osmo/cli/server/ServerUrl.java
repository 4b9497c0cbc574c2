package dev.osmo.cli.server;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.net.URI;
import java.util.Locale;

/**
 * The base address of an OSMO server, without a trailing slash: scheme, host, port and optionally a
 * path, never a user, a query or a fragment. Requests are paths below it, so a credential cannot
 * reach another origin.
 */
public record ServerUrl(String text) {
  public ServerUrl {
    check(text);
    text = text.replaceAll("/+$", "");
  }

  public URI resolve(String pathAndQuery) {
    return URI.create(text + pathAndQuery);
  }

  private boolean isEncrypted() {
    return scheme(uri(text)).equals("https");
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
    String host = host(uri(text));
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  @Override
  public String toString() {
    return text;
  }

  private static void check(String text) {
    URI uri = uri(text);
    if (!scheme(uri).equals("https") && !scheme(uri).equals("http")) {
      throw bad(text, "it must start with https:// or http://");
    }
    if (host(uri).isEmpty()) {
      throw bad(text, "it has no host");
    }
    if (uri.getRawUserInfo() != null) {
      throw bad("(hidden)", "it must not contain a user name or password");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw bad(text, "it must not contain a query or a fragment");
    }
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException malformed) {
      throw bad(text, "it is not an address");
    }
  }

  private static String scheme(URI uri) {
    String scheme = uri.getScheme();
    return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
  }

  private static String host(URI uri) {
    String host = uri.getHost();
    return host == null ? "" : host.toLowerCase(Locale.ROOT);
  }

  private static Failure bad(String text, String why) {
    return Failure.of(
        ExitCode.USER_ERROR,
        "Bad url " + text + ": " + why,
        "For example: osmo login https://osmo.example.com");
  }
}
