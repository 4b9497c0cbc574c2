package dev.osmo.local.accounts;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A response of the API. The body may contain a credential and is never printed. */
record ApiResponse(int status, String body) {
  boolean ok() {
    return status == 200;
  }

  JsonObject object() {
    return new JsonObject(body);
  }

  JsonArray array() {
    return new JsonArray(body);
  }

  String text() {
    return (String) Json.decodeValue(body);
  }

  /** The message of an error response. */
  String error() {
    try {
      return "%s (%d)".formatted(object().getString("message", "no reason given"), status);
    } catch (DecodeException | ClassCastException e) {
      return "status " + status;
    }
  }

  @Override
  public String toString() {
    return "ApiResponse[" + status + "]";
  }
}
