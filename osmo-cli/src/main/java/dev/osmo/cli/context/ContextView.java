package dev.osmo.cli.context;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.session.store.Contexts.Context;

/** A context as JSON. */
final class ContextView {
  private ContextView() {}

  static ObjectNode json(Context context) {
    return Json.object()
        .put("name", context.name().text())
        .put("server", context.url().text())
        .put("user", context.user())
        .put("current", context.current());
  }
}
