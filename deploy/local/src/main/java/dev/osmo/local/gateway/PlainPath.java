package dev.osmo.local.gateway;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Refuses ambiguous paths. If the gateway and a service interpret {@code //}, {@code ..}, {@code
 * ;x} or {@code %2F} differently, a request can bypass the route table. No known client sends such
 * paths, so they are refused and not normalized. Only {@code //}, which OSMO's older clients send,
 * is collapsed before routing; see {@link RequestTarget}.
 */
final class PlainPath implements Handler<RoutingContext> {
  /** The characters of RFC 3986 for path segments, without {@code ;}. */
  private static final Pattern CHARACTERS = Pattern.compile("[/A-Za-z0-9._~@:!$&'()*+,=%-]++");

  /** Malformed escapes, and escapes of control characters and of {@code # % . / ; ? \}. */
  private static final Pattern BAD_ESCAPE =
      Pattern.compile("%(?![0-9A-Fa-f]{2})|%[01]|%7[Ff]|%2[35EeFf]|%3[BbFf]|%5[Cc]");

  private static final String COLLAPSED = PlainPath.class.getName();
  private static final List<String> DOTS = List.of(".", "..");

  /** Whether the path of a request target, as sent, may be routed. */
  static boolean isPlain(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    return path.startsWith("/")
        && !path.contains("//")
        && CHARACTERS.matcher(path).matches()
        && !BAD_ESCAPE.matcher(path).find()
        && Arrays.stream(path.split("/", -1)).noneMatch(DOTS::contains);
  }

  @Override
  public void handle(RoutingContext context) {
    String target = RequestTarget.of(context.request().uri()).originForm();
    if (isPlain(target)) {
      route(context, target);
    } else {
      ProblemType.BAD_PATH.respond(
          context,
          "The path must not contain empty, '.' or '..' segments, ';', or encoded separators.");
    }
  }

  /** A path with repeated slashes is routed again as the collapsed path, once. */
  private static void route(RoutingContext context, String target) {
    if (context.request().path().contains("//") && context.get(COLLAPSED) == null) {
      context.put(COLLAPSED, true).reroute(target);
    } else {
      context.next();
    }
  }
}
