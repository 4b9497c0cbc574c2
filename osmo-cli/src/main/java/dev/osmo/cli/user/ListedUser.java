package dev.osmo.cli.user;

import com.fasterxml.jackson.databind.JsonNode;

/** A user from the server; a missing value is a dash. */
record ListedUser(String id, String createdOn, String createdBy) {
  static ListedUser of(JsonNode user) {
    return new ListedUser(
        text(user, "id"), text(user, "created_at").split("T", 2)[0], text(user, "created_by"));
  }

  String[] cells() {
    return new String[] {id, createdOn};
  }

  String[] wideCells() {
    return new String[] {id, createdOn, createdBy};
  }

  private static String text(JsonNode user, String field) {
    return user.path(field).isTextual() ? user.path(field).textValue() : "-";
  }
}
