package dev.osmo.cli.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.session.Session;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Fetches as many pages as the requested count needs. */
@Singleton
class WorkflowPages {
  private static final int LARGEST_PAGE = 1000;

  private final Session session;

  WorkflowPages(Session session) {
    this.session = session;
  }

  /** Newest first. */
  List<JsonNode> fetch(WorkflowFilter filter) {
    List<JsonNode> workflows = new ArrayList<>();
    int asked = 0;
    boolean more = true;
    while (more && asked < filter.count()) {
      int limit = Math.min(filter.count() - asked, LARGEST_PAGE);
      JsonNode page = session.call(filter.page(limit, asked));
      page.path("workflows").forEach(workflows::add);
      asked += limit;
      more = page.path("more_entries").asBoolean(false);
    }
    return workflows;
  }
}
