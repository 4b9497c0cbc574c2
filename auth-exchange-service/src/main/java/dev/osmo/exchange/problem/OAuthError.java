package dev.osmo.exchange.problem;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.osmo.http.denial.Denial;
import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The error response of the OAuth routes: RFC 6749, section 5.2, with the codes that RFC 8693
 * ({@code invalid_target}), RFC 8628 ({@code authorization_pending}, {@code slow_down}, {@code
 * expired_token}), RFC 7009 ({@code unsupported_token_type}) and RFC 6750 ({@code invalid_token})
 * add.
 *
 * @param problem the name in the catalogue of problems: {@code invalid_grant} has many causes, and
 *     a client must not discard its refresh token after a refusal that may pass
 */
record OAuthError(
    @JsonIgnore int status,
    @JsonProperty("error") String code,
    @JsonProperty("error_description") String description,
    @JsonProperty("problem") String problem,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Denial denial) {

  private static final int BAD_REQUEST = 400;

  static OAuthError of(Refusal refusal) {
    if (refusal.type() instanceof ExchangeProblem problem) {
      return switch (problem) {
        case UNSUPPORTED_GRANT_TYPE -> bad(refusal, "unsupported_grant_type");
        case UNSUPPORTED_TOKEN_TYPE -> bad(refusal, "unsupported_token_type");
        case INVALID_SCOPE, TOO_MANY_ROLES -> bad(refusal, "invalid_scope");
        case INVALID_TARGET -> bad(refusal, "invalid_target");
        case UNKNOWN_CLIENT -> bad(refusal, "invalid_client");
        case DEVICE_FLOW_NOT_SUPPORTED -> bad(refusal, "unauthorized_client");
        case SIGN_IN_PENDING -> bad(refusal, "authorization_pending");
        case SLOW_DOWN -> bad(refusal, "slow_down");
        case DEVICE_CODE_EXPIRED -> bad(refusal, "expired_token");
        case SIGN_IN_DENIED, SIGN_IN_REFUSED -> bad(refusal, "access_denied");
        case INVALID_TOKEN,
            SIGN_IN_CODE_INVALID,
            ID_TOKEN_INVALID,
            REFRESH_TOKEN_INVALID,
            SIGN_IN_AGAIN,
            SESSION_ENDED,
            UNTRUSTED_WORKLOAD,
            OWNER_DISABLED,
            TOKEN_REVOKED,
            TOKEN_EXPIRED,
            TOKEN_SUSPENDED,
            TOKEN_ROTATED,
            NO_ROLES_LEFT,
            OWNER_MUST_SIGN_IN ->
            bad(refusal, "invalid_grant");
        default -> general(refusal);
      };
    }
    return refusal.type() == HttpProblem.UNAUTHENTICATED
        ? as(refusal, "invalid_token")
        : general(refusal);
  }

  private static OAuthError general(Refusal refusal) {
    int status = refusal.type().status();
    if (status == 429 || status == 503) {
      return as(refusal, "temporarily_unavailable");
    }
    return as(refusal, status < 500 ? "invalid_request" : "server_error");
  }

  private static OAuthError bad(Refusal refusal, String code) {
    return of(BAD_REQUEST, code, refusal);
  }

  private static OAuthError as(Refusal refusal, String code) {
    return of(refusal.type().status(), code, refusal);
  }

  private static OAuthError of(int status, String code, Refusal refusal) {
    return new OAuthError(
        status, code, refusal.detail(), refusal.type().typeName(), refusal.denial());
  }
}
