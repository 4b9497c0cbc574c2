package dev.osmo.cli.session;

import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.ServerResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code Link: </path?cursor=…>; rel="next"} (RFC 8288). Accepts only a page of the same list, so
 * that the JWT is not sent to another address.
 */
final class NextPage {
  private static final Pattern NEXT =
      Pattern.compile("<(/[!-;=?-~]*)>\\s*;[^,<]*\\brel=\"?next\"?(?![\\w-])");

  private NextPage() {}

  static Optional<RawRequest> after(RawRequest request, ServerResponse response) {
    return response
        .header("Link")
        .map(NEXT::matcher)
        .filter(Matcher::find)
        .map(link -> link.group(1))
        .filter(target -> path(target).equals(path(request.pathAndQuery())))
        .map(target -> RawRequest.of("GET", target));
  }

  private static String path(String pathAndQuery) {
    return pathAndQuery.split("\\?", 2)[0];
  }
}
