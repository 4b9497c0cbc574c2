package dev.osmo.exchange.problem;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/** RFC 9457, with OSMO's {@code message}, {@code error_code} and {@code workflow_id} beside it. */
@JsonPropertyOrder({
  "type",
  "title",
  "status",
  "detail",
  "message",
  "error_code",
  "workflow_id",
  "request_id"
})
record Problem(
    String type,
    String title,
    int status,
    String detail,
    String message,
    @JsonProperty("error_code") String errorCode,
    @JsonProperty("workflow_id") @Nullable String workflowId,
    @JsonProperty("request_id") String requestId) {

  static Problem of(ProblemType type, RequestId requestId) {
    return new Problem(
        type.urn(),
        type.title(),
        type.status(),
        type.detail(),
        type.detail(),
        type.errorCode(),
        null,
        requestId.value());
  }
}
