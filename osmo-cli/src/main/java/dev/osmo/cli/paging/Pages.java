package dev.osmo.cli.paging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.ServerAnswer;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.session.Session;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Fetches a list page by page. Promise: it ends, whatever the server says comes next. */
@Singleton
public class Pages {
  /** What servers hand out at once at most. */
  public static final int LARGEST = 1000;

  private static final int MOST_ENTRIES = 1_000_000;

  private final Session session;

  Pages(Session session) {
    this.session = session;
  }

  /** Every entry. */
  public ArrayNode all(ServerRequest request) {
    return first(MOST_ENTRIES, request);
  }

  /** At most so many entries, from the beginning. */
  public ArrayNode first(int wanted, ServerRequest request) {
    ArrayNode entries = Json.array();
    Set<String> seen = new HashSet<>();
    Optional<RawRequest> page = Optional.of(request.raw());
    while (page.isPresent() && entries.size() < wanted && seen.add(page.get().pathAndQuery())) {
      ServerAnswer answer = session.answer(page.get());
      entries.addAll(list(answer.json()));
      page = NextPage.after(page.get(), answer);
    }
    while (entries.size() > wanted) {
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
        "The server's answer is not a list",
        "Check that the address you logged in to is an OSMO server.");
  }
}
