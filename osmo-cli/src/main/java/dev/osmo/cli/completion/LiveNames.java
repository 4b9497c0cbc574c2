package dev.osmo.cli.completion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.Retry;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.session.Contexts;
import dev.osmo.cli.session.Session;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Current names of contexts, tokens, users, roles and pools. Failures yield no names, because a
 * shell ignores errors.
 */
@Singleton
class LiveNames {
  private static final int USERS = 200;

  private final Session session;
  private final Contexts contexts;

  LiveNames(Session session, Contexts contexts) {
    this.session = session;
    this.contexts = contexts;
  }

  List<String> tokens() {
    return namesIn(
        OsmoApi.tokens(Optional.empty()), list -> texts(list.valueStream(), "token_name"));
  }

  List<String> users() {
    return namesIn(
        OsmoApi.users().with("count", Integer.toString(USERS)),
        page -> texts(page.path("users").valueStream(), "id"));
  }

  List<String> roles() {
    return namesIn(OsmoApi.roles(), list -> texts(list.valueStream(), "name"));
  }

  List<String> pools() {
    return namesIn(
        OsmoApi.pools(),
        document -> document.path("pools").propertyStream().map(Map.Entry::getKey));
  }

  List<String> contexts() {
    try {
      return contexts.all().stream().map(context -> context.name().text()).toList();
    } catch (Failure silent) {
      return List.of();
    }
  }

  /** Sent once, because the user is waiting. */
  private List<String> namesIn(ServerRequest request, Function<JsonNode, Stream<String>> names) {
    try {
      return names
          .apply(session.response(request.raw().withRetry(Retry.NEVER)).json())
          .filter(name -> name.matches("[\\p{L}\\p{N}@._+-]+"))
          .toList();
    } catch (Failure silent) {
      return List.of();
    }
  }

  private static Stream<String> texts(Stream<JsonNode> list, String field) {
    return list.map(each -> each.path(field).asText(""));
  }
}
