package dev.osmo.token.scim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.token.database.Row;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user as the directory sees it.
 *
 * @param externalId the subject at the directory's issuer; null until the user has signed in
 */
record FoundUser(String id, Instant createdAt, boolean active, @Nullable String externalId) {

  private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";

  static FoundUser of(Row row) {
    return new FoundUser(
        row.text("id"),
        row.instant("created_at"),
        row.flag("active"),
        row.textOrNull("external_id"));
  }

  /** The resource of RFC 7643, section 4.1. */
  ObjectNode resource(URI location) {
    ObjectNode user = JsonNodeFactory.instance.objectNode();
    user.putArray("schemas").add(USER);
    user.put("id", id).put("userName", id).put("active", active);
    if (externalId != null) {
      user.put("externalId", externalId);
    }
    user.putObject("meta")
        .put("resourceType", "User")
        .put("created", createdAt.toString())
        .put("location", location.toString());
    return user;
  }
}
