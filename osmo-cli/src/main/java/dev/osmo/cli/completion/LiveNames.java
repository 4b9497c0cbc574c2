package dev.osmo.cli.completion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.Retry;
import dev.osmo.cli.session.Contexts;
import dev.osmo.cli.session.Session;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Current names of contexts and tokens. Failures yield no names, because a shell ignores errors.
 */
@Singleton
class LiveNames {
  private static final RawRequest LIST =
      OsmoApi.tokens(Optional.empty()).raw().withRetry(Retry.NEVER);

  private final Session session;
  private final Contexts contexts;

  LiveNames(Session session, Contexts contexts) {
    this.session = session;
    this.contexts = contexts;
  }

  List<String> tokens() {
    try {
      JsonNode list = session.response(LIST).json();
      return StreamSupport.stream(list.spliterator(), false)
          .map(token -> token.path("token_name").asText())
          .filter(name -> name.matches("[A-Za-z0-9_-]+"))
          .toList();
    } catch (Failure silent) {
      return List.of();
    }
  }

  List<String> contexts() {
    try {
      return contexts.all().stream().map(context -> context.name().text()).toList();
    } catch (Failure silent) {
      return List.of();
    }
  }
}
