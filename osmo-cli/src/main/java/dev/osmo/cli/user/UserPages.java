package dev.osmo.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.session.Session;
import jakarta.inject.Singleton;
import java.util.function.UnaryOperator;

/** Fetches as many pages as the requested count needs. */
@Singleton
class UserPages {
  /** The largest page that the server returns. */
  private static final int LARGEST = 1000;

  private final Session session;

  UserPages(Session session) {
    this.session = session;
  }

  /**
   * Returns one document in the server's format, with the users of all pages.
   *
   * @param filter adds the conditions to a request
   */
  ObjectNode fetch(int count, UnaryOperator<ServerRequest> filter) {
    if (count < 1) {
      throw Failure.of(ExitCode.USER_ERROR, "--count must be at least 1", "");
    }
    ArrayNode users = Json.array();
    ObjectNode document = Json.object();
    int limit;
    int got;
    do {
      limit = Math.min(count - users.size(), LARGEST);
      JsonNode page = session.call(page(limit, users.size(), filter));
      if (users.isEmpty() && page instanceof ObjectNode first) {
        document = first;
      }
      got = page.path("users").size();
      page.path("users").forEach(users::add);
    } while (got == limit && users.size() < count);
    if (users.size() > LARGEST) {
      document.put("items_per_page", users.size());
    }
    document.set("users", users);
    return document;
  }

  private static ServerRequest page(int limit, int skipped, UnaryOperator<ServerRequest> filter) {
    ServerRequest page = filter.apply(OsmoApi.users().with("count", Integer.toString(limit)));
    return skipped == 0 ? page : page.with("start_index", Integer.toString(skipped + 1));
  }
}
