package dev.osmo.exchange.outgoing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** How another system answered a request. */
public sealed interface Answer {

  /**
   * A JSON object. It may contain credentials, so {@code toString} does not print it.
   *
   * @param body always an object
   * @param retryAfter the seconds of the header {@code Retry-After}; empty without a usable one
   */
  record Json(int status, JsonNode body, Optional<Integer> retryAfter) implements Answer {

    /** The text of this member; empty if there is none, or if it is blank or no text. */
    public Optional<String> text(String member) {
      return Optional.ofNullable(body.get(member))
          .filter(JsonNode::isTextual)
          .map(JsonNode::textValue)
          .filter(text -> !text.isBlank());
    }

    @Override
    public String toString() {
      return "answer with status " + status;
    }
  }

  /**
   * No JSON object arrived in time.
   *
   * @param reason for the log; contains nothing of the response
   */
  record None(String reason) implements Answer {}
}
