package dev.osmo.cli.completion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.Repetition;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.session.Session;
import dev.osmo.cli.session.store.Contexts;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.StreamSupport;

/** Names as they are now. A shell that waits for a completion is not told what went wrong. */
@Singleton
class LiveNames {
  private static final RawRequest LIST =
      ServerRequest.of("GET", "api", "auth", "access_token").raw().repeated(Repetition.NEVER);

  private final Session session;
  private final Contexts contexts;

  LiveNames(Session session, Contexts contexts) {
    this.session = session;
    this.contexts = contexts;
  }

  List<String> tokens() {
    try {
      JsonNode list = session.answer(LIST).json();
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
