package dev.osmo.cli.user;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.session.Pages;
import jakarta.inject.Singleton;
import java.util.function.UnaryOperator;

/** Fetches as many pages as the requested count needs. */
@Singleton
class UserPages {
  private final Pages pages;

  UserPages(Pages pages) {
    this.pages = pages;
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
    int limit = Math.min(count, Pages.LARGEST);
    pages.walk(
        filter.apply(OsmoApi.users().with("count", Integer.toString(limit))),
        page -> {
          if (document.isEmpty() && page instanceof ObjectNode first) {
            document.setAll(first);
          }
          page.path("users").forEach(users::add);
          return users.size() < count;
        });
    Pages.shortened(users, count);
    if (users.size() > limit) {
      document.put("items_per_page", users.size());
    }
    document.set("users", users);
    return document;
  }
}
