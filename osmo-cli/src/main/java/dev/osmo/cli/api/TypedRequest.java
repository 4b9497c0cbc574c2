package dev.osmo.cli.api;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user typed as a request, checked. Promises: the path stays below the server's address,
 * holds no token, and no header takes the place of the login's.
 */
final class TypedRequest {
  record Header(String name, String value) {}

  private static final Pattern METHOD = Pattern.compile("[A-Za-z]{1,20}");
  private static final Pattern HEADER =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\x20-\\x7e]*)");
  private static final Pattern TOKEN = Pattern.compile("osmo_[0-9A-Za-z]{34}");
  private static final List<String> OURS =
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
      throw wrong("'" + text + "' is no method", "Write it like this: osmo api GET /api/version");
    }
    return text.toUpperCase(Locale.ROOT);
  }

  static String path(String text) {
    if (TOKEN.matcher(text).find()) {
      throw wrong(
          "A token does not belong into an address, where logs keep it", "Send it in the body.");
    }
    if (!text.startsWith("/") || text.startsWith("//") || !isPath(text)) {
      throw wrong(
          "'" + text + "' is no path",
          "Give what follows the server's address, encoded, with one slash first: /api/version");
    }
    return text;
  }

  static Header header(String text) {
    Matcher header = HEADER.matcher(text);
    if (!header.matches()) {
      throw wrong("A header is not written as 'Name: value'", "");
    }
    if (OURS.contains(header.group(1).toLowerCase(Locale.ROOT))) {
      throw wrong("The header " + header.group(1) + " is set by osmo itself", "Leave it out.");
    }
    return new Header(header.group(1), header.group(2));
  }

  /** Dot segments could leave a base address that has a path of its own. */
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
