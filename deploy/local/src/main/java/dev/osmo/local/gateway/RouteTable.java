package dev.osmo.local.gateway;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which paths belong to which service. A path that is not listed is not forwarded. The data is
 * {@code src-docs/contracts/routes.json}, which other gateways are made from, too.
 */
record RouteTable(List<Route> routes) {

  /**
   * @param path a path of a Vert.x router
   * @param method empty for every method
   */
  record Route(String path, Optional<HttpMethod> method, String service) {

    private static Route of(JsonObject route) {
      String path = route.getString("path");
      return new Route(
          isPrefix(route) ? path + "/*" : path,
          Optional.ofNullable(route.getString("method")).map(HttpMethod::valueOf),
          route.getString("service"));
    }

    /** A prefix stands for the path and everything below it. */
    private static boolean isPrefix(JsonObject route) {
      return switch (route.getString("match")) {
        case "prefix" -> true;
        case "exact" -> false;
        default -> throw new IllegalStateException("not a match: " + route);
      };
    }
  }

  static RouteTable load() {
    try (InputStream data = RouteTable.class.getResourceAsStream("/routes.json")) {
      String text =
          new String(
              Objects.requireNonNull(data, "routes.json").readAllBytes(), StandardCharsets.UTF_8);
      return new RouteTable(
          new JsonObject(text)
              .getJsonArray("routes").stream().map(JsonObject.class::cast).map(Route::of).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
