package dev.osmo.token.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** RFC 9457, section 3, with the members that existing clients read beside it. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ProblemBody(
    String type,
    String title,
    int status,
    String detail,
    String message,
    String errorCode,
    @Nullable String workflowId,
    String requestId) {

  static ProblemBody of(Refusal refusal, String requestId) {
    ProblemType type = refusal.type();
    return new ProblemBody(
        type.urn(),
        type.title(),
        type.status(),
        refusal.detail(),
        refusal.detail(),
        type.errorCode(),
        null,
        requestId);
  }
}
