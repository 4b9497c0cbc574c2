package dev.osmo.cli.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.ServerTime;
import java.time.temporal.ChronoUnit;

/** A session from the server; a missing value is a dash. */
record ListedSession(
    String id,
    String provider,
    String client,
    String started,
    String used,
    String ends,
    boolean current) {
  static ListedSession of(JsonNode session) {
    return new ListedSession(
        text(session, "id"),
        text(session, "provider"),
        text(session, "client_id"),
        time(session, "created_at"),
        time(session, "verified_at"),
        time(session, "expires_at"),
        session.path("current").asBoolean());
  }

  String[] cells() {
    return new String[] {id, provider, started, used, ends, current ? "this one" : ""};
  }

  String[] wideCells() {
    return new String[] {id, provider, client, started, used, ends, current ? "this one" : ""};
  }

  private static String time(JsonNode session, String field) {
    String text = text(session, field);
    return ServerTime.parse(text)
        .map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString())
        .orElse(text);
  }

  private static String text(JsonNode session, String field) {
    return session.path(field).isTextual() ? session.path(field).textValue() : "-";
  }
}
