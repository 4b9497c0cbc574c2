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
import java.util.function.Predicate;

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
    walk(
        request,
        page -> {
          entries.addAll(list(page));
          return entries.size() < count;
        });
    return shortened(entries, count);
  }

  /**
   * Fetches page after page.
   *
   * @param wantsMore reads a page, and decides whether to fetch the next one
   */
  public void walk(ServerRequest request, Predicate<JsonNode> wantsMore) {
    Set<String> seen = new HashSet<>();
    Optional<RawRequest> page = Optional.of(request.raw());
    while (page.isPresent() && seen.add(page.get().pathAndQuery())) {
      ServerResponse response = session.response(page.get());
      page =
          wantsMore.test(response.json()) ? NextPage.after(page.get(), response) : Optional.empty();
    }
  }

  /** Removes what exceeds the count from the end. */
  public static ArrayNode shortened(ArrayNode entries, int count) {
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
