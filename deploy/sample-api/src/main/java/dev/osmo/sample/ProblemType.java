package dev.osmo.sample;

import java.util.Optional;

/**
 * Every refusal of this API. OSMO's client calls {@code USAGE} a failed submission, which exits
 * with 1.
 */
enum ProblemType {
  BAD_REQUEST("bad-request", 400, "The request is malformed", "USER"),
  INVALID_WORKFLOW("invalid-workflow", 400, "The workflow is invalid", "USAGE"),
  UNAUTHENTICATED("unauthenticated", 401, "A valid JWT is required", "USER"),
  NO_ROLES("no-roles", 403, "The JWT carries no sufficient role", "USER"),
  NO_SUCH_POOL("no-such-pool", 404, "There is no such pool", "USER"),
  TOO_LARGE("too-large", 413, "The body is too large", "USER"),
  NOT_JSON("not-json", 415, "The body must be JSON", "USER"),
  INTERNAL("internal", 500, "Internal error", "SERVER"),
  SERVICE_UNAVAILABLE("service-unavailable", 503, "The key set is not available", "SERVER");

  private final String name;
  private final int status;
  private final String title;
  private final String errorCode;

  ProblemType(String name, int status, String title, String errorCode) {
    this.name = name;
    this.status = status;
    this.title = title;
    this.errorCode = errorCode;
  }

  String urn() {
    return "urn:osmo:problem:" + name;
  }

  /** How to authenticate (RFC 6750, section 3). */
  Optional<String> challenge() {
    return switch (this) {
      case UNAUTHENTICATED -> Optional.of("Bearer");
      case NO_ROLES -> Optional.of("Bearer error=\"insufficient_scope\"");
      default -> Optional.empty();
    };
  }

  /** The value of {@code Link}: where the public address explains the problem. */
  String help() {
    return "</ui/problems#" + name + ">; rel=\"help\"";
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  String errorCode() {
    return errorCode;
  }
}
