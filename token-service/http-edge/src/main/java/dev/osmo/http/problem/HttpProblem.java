package dev.osmo.http.problem;

/** The problems of the HTTP layer, which every service has. */
public enum HttpProblem implements DetailedProblem {
  MALFORMED_REQUEST(400, "The request cannot be read", "The request cannot be read."),
  SECRET_IN_URL(
      400,
      "A token must not appear in a URL",
      "A token must not appear in a URL, because URLs are logged."
          + " Treat this token as leaked: delete it and create another."),
  UNAUTHENTICATED(
      401,
      "Authentication required",
      "Authentication required. Send the header Authorization: Bearer with a valid credential."),
  FORBIDDEN(403, "Not allowed", "Your roles do not allow this."),
  NOT_FOUND(404, "No such address", "There is no resource at this address."),
  METHOD_NOT_ALLOWED(
      405, "Method not allowed at this address", "This address does not support this method."),
  NOT_ACCEPTABLE(
      406,
      "The requested format is not available",
      "The response is application/json. Send an Accept header that allows it."),
  LENGTH_REQUIRED(
      411,
      "Content-Length required",
      "Send the body with its Content-Length. Chunked bodies are not accepted."),
  PAYLOAD_TOO_LARGE(
      413, "The request is too large", "The request is larger than this service accepts."),
  URI_TOO_LONG(414, "The URL is too long", "The URL is longer than this service accepts."),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "The format of the body is not supported",
      "This address does not accept the Content-Type of the body. Send application/json, or below"
          + " /oauth2 application/x-www-form-urlencoded."),
  HEADERS_TOO_LARGE(
      431, "The headers are too large", "The headers are larger than this service accepts."),
  INTERNAL(500, "Internal error", "Internal error. The request id identifies it in the log."),
  BUSY(503, "Too busy at the moment", "The service is too busy. Try again in a moment."),
  DATABASE_UNAVAILABLE(
      503, "The database is unavailable", "The database cannot be reached. Try again in a moment.");

  private final int status;
  private final String title;
  private final String detail;

  HttpProblem(int status, String title, String detail) {
    this.status = status;
    this.title = title;
    this.detail = detail;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String detail() {
    return detail;
  }

  /** The entry of this catalogue for a refusal by the HTTP framework. */
  static HttpProblem ofStatus(int status) {
    return switch (status) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 413 -> PAYLOAD_TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      default -> status < 500 ? MALFORMED_REQUEST : INTERNAL;
    };
  }
}
