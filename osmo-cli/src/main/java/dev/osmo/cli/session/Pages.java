package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.server.ServerResponse;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Fetches a list page by page. Always terminates, even if the server's next-page links form a
 * cycle.
 */
@Singleton
public class Pages {
  /** The largest page that servers return. */
  public static final int LARGEST = 1000;

  private static final int MOST_ENTRIES = 1_000_000;

  private final Session session;

  Pages(Session session) {
    this.session = session;
  }

  /** All entries. */
  public ArrayNode all(ServerRequest request) {
    return first(MOST_ENTRIES, request);
  }

  /** The first entries, at most this many. */
  public ArrayNode first(int count, ServerRequest request) {
    ArrayNode entries = Json.array();
    Set<String> seen = new HashSet<>();
    Optional<RawRequest> page = Optional.of(request.raw());
    while (page.isPresent() && entries.size() < count && seen.add(page.get().pathAndQuery())) {
      ServerResponse response = session.response(page.get());
      entries.addAll(list(response.json()));
      page = NextPage.after(page.get(), response);
    }
    while (entries.size() > count) {
      entries.remove(entries.size() - 1);
    }
    return entries;
  }

  private static ArrayNode list(JsonNode page) {
    if (page instanceof ArrayNode entries) {
      return entries;
    }
    throw Failure.of(
        ExitCode.SERVER_ERROR,
        "The server's response is not a list",
        "Check that the server of the context is an OSMO server.");
  }
}
