package dev.osmo.http.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.osmo.http.denial.Denial;
import dev.osmo.http.request.RequestId;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The problem document of RFC 9457, section 3, with the members that existing clients read. */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({
  "type",
  "title",
  "status",
  "detail",
  "message",
  "error_code",
  "workflow_id",
  "request_id",
  "denial"
})
public record ProblemDocument(
    String type,
    String title,
    int status,
    String detail,
    String message,
    @JsonProperty("error_code") String errorCode,
    @JsonProperty("workflow_id") @Nullable String workflowId,
    @JsonProperty("request_id") String requestId,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Denial denial) {

  public static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

  public static ProblemDocument of(Refusal refusal, RequestId requestId) {
    ProblemType type = refusal.type();
    return new ProblemDocument(
        type.urn(),
        type.title(),
        type.status(),
        refusal.detail(),
        refusal.detail(),
        type.errorCode(),
        null,
        requestId.value(),
        refusal.denial());
  }
}
