package dev.osmo.exchange.testing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A response of the scripted server.
 *
 * @param silent whether it sends nothing for as long as it runs
 * @param held whether it sends nothing until the path gets another response
 */
public record Reply(
    int status, Map<String, String> headers, String body, boolean silent, boolean held) {

  private static final JsonMapper JSON = new JsonMapper();

  public static Reply json(int status, Map<String, ?> members) {
    return text(status, JSON.valueToTree(members).toString());
  }

  public static Reply text(int status, String body) {
    return new Reply(status, Map.of("Content-Type", "application/json"), body, false, false);
  }

  public static Reply redirect(int status, String address) {
    return new Reply(status, Map.of("Location", address), "", false, false);
  }

  public static Reply never() {
    return new Reply(200, Map.of(), "", true, false);
  }

  public Reply untilTheNext() {
    return new Reply(status, headers, body, silent, true);
  }

  ObjectNode json() {
    return JSON.valueToTree(this);
  }
}
