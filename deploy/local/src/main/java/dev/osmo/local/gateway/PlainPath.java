package dev.osmo.local.gateway;

import dev.osmo.local.problem.ProblemType;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lets only those paths through that mean the same to everybody. A gateway and a service that read
 * {@code //}, {@code ..}, {@code ;x} or {@code %2F} differently are a way around the route table,
 * and no client of ours sends such a path: refused, not repaired.
 */
final class PlainPath implements Handler<RoutingContext> {
  /** RFC 3986's characters of a segment, without {@code ;}. */
  private static final Pattern CHARACTERS = Pattern.compile("[/A-Za-z0-9._~@:!$&'()*+,=%-]++");

  /** Escapes that are broken, or that hide structure: control characters, {@code # % . / ; ? \}. */
  private static final Pattern BAD_ESCAPE =
      Pattern.compile("%(?![0-9A-Fa-f]{2})|%[01]|%7[Ff]|%2[35EeFf]|%3[BbFf]|%5[Cc]");

  private static final List<String> DOTS = List.of(".", "..");

  /** Whether the path part of a request's target, as sent, may be routed. */
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
    if (isPlain(context.request().uri())) {
      context.next();
    } else {
      ProblemType.BAD_PATH.answer(
          context,
          "The path must not hold empty, '.' or '..' segments, ';', or encoded separators.");
    }
  }
}
