package dev.osmo.exchange.problem;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How the OAuth routes say what is wrong: RFC 6749, section 5.2, with the codes that RFC 8693
 * ({@code invalid_target}), RFC 7009 ({@code unsupported_token_type}) and RFC 6750 ({@code
 * invalid_token}) add.
 */
record OAuthError(
    @JsonIgnore int status,
    @JsonProperty("error") String code,
    @JsonProperty("error_description") String description) {

  private static final int BAD_REQUEST = 400;

  static OAuthError of(ProblemType type) {
    return switch (type) {
      case UNSUPPORTED_GRANT_TYPE -> bad(type, "unsupported_grant_type");
      case UNSUPPORTED_TOKEN_TYPE -> bad(type, "unsupported_token_type");
      case INVALID_SCOPE, TOO_MANY_ROLES -> bad(type, "invalid_scope");
      case INVALID_TARGET -> bad(type, "invalid_target");
      case INVALID_TOKEN,
          OWNER_DISABLED,
          TOKEN_REVOKED,
          TOKEN_EXPIRED,
          TOKEN_SUSPENDED,
          TOKEN_ROTATED,
          NO_ROLES_LEFT ->
          bad(type, "invalid_grant");
      case UNAUTHENTICATED -> as(type, "invalid_token");
      default -> as(type, general(type.status()));
    };
  }

  private static String general(int status) {
    if (status == 429 || status == 503) {
      return "temporarily_unavailable";
    }
    return status < 500 ? "invalid_request" : "server_error";
  }

  private static OAuthError bad(ProblemType type, String code) {
    return new OAuthError(BAD_REQUEST, code, type.detail());
  }

  private static OAuthError as(ProblemType type, String code) {
    return new OAuthError(type.status(), code, type.detail());
  }
}
