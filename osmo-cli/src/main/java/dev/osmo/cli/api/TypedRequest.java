package dev.osmo.cli.api;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.pat.TokenText;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Validates a request that a user typed. Guarantees: the path stays below the server's address and
 * contains no access token, and no header replaces one of osmo's own.
 */
final class TypedRequest {
  record Header(String name, String value) {}

  private static final Pattern METHOD = Pattern.compile("[A-Za-z]{1,20}");
  private static final Pattern HEADER =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\x20-\\x7e]*)");
  private static final List<String> RESERVED =
      List.of(
          "authorization",
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "upgrade",
          "expect",
          "user-agent");

  private TypedRequest() {}

  static String method(String text) {
    if (!METHOD.matcher(text).matches() || text.equalsIgnoreCase("CONNECT")) {
      throw wrong(
          "'" + text + "' is not an HTTP method", "For example: osmo api GET " + OsmoApi.EXAMPLE);
    }
    return text.toUpperCase(Locale.ROOT);
  }

  static String path(String text) {
    if (TokenText.occursIn(text)) {
      throw wrong(
          "The path contains an access token, which server logs would keep",
          "Send the token in the body.");
    }
    if (!text.startsWith("/") || text.startsWith("//") || !isPath(text)) {
      throw wrong(
          "'" + text + "' is not a path",
          "Start with one slash and percent-encode special characters, for example "
              + OsmoApi.EXAMPLE);
    }
    return URI.create(text).toASCIIString();
  }

  static Header header(String text) {
    Matcher header = HEADER.matcher(text);
    if (!header.matches()) {
      throw wrong("A header must be written as 'Name: value'", "");
    }
    if (RESERVED.contains(header.group(1).toLowerCase(Locale.ROOT))) {
      throw wrong("osmo sets the header " + header.group(1) + " itself", "Omit it.");
    }
    return new Header(header.group(1), header.group(2));
  }

  /** Dot segments could leave the path of the base address. */
  private static boolean isPath(String text) {
    try {
      URI uri = URI.create("http://host" + text);
      String path = uri.getPath();
      return uri.getRawFragment() == null && !("/" + path + "/").matches(".*/\\.\\.?/.*");
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static Failure wrong(String what, String next) {
    return Failure.of(ExitCode.USER_ERROR, what, next);
  }
}
