package dev.osmo.cli.rolepreview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.session.Session;
import jakarta.inject.Singleton;
import java.util.Collection;

/** Previews what the removal of roles would change, and prints it. Changes nothing. */
@Singleton
public class RemovalPreviews {
  private final Session session;
  private final Output output;

  RemovalPreviews(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  /** The removal of each of these roles from one user. */
  public ArrayNode ofUser(String user, Collection<String> roles) {
    ArrayNode previews = Json.array();
    roles.forEach(role -> previews.add(preview(user, role)));
    return previews;
  }

  /** The removal of the role from every user who has it. */
  public ArrayNode ofRole(String role) {
    ArrayNode previews = Json.array();
    session
        .call(new OsmoApi.Role(role).users())
        .path("users")
        .forEach(holder -> previews.add(preview(holder.path("user_id").asText(), role)));
    return previews;
  }

  public void print(ArrayNode previews, FormatOption format) {
    output.print(format, Document.ofQuery(previews), () -> lines(previews));
  }

  private static Lines lines(ArrayNode previews) {
    return previews.isEmpty()
        ? Lines.of("No token would change.")
        : Lines.of(
            previews
                .valueStream()
                .flatMap(preview -> new RemovalPreview(preview).lines().stream())
                .toList());
  }

  private JsonNode preview(String user, String role) {
    JsonNode preview = session.call(new OsmoApi.User(user).previewRemove(role));
    if (!RemovalPreview.isHeld(preview)) {
      requireRole(role);
    }
    return preview;
  }

  /** Fails if there is no such role. The server accepts the removal of any name. */
  public void requireRole(String role) {
    session.call(new OsmoApi.Role(role).get());
  }
}
