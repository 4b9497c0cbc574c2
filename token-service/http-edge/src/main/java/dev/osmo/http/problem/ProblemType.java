package dev.osmo.http.problem;

import java.util.Locale;
import java.util.Optional;

/**
 * One entry of a service's catalogue of problems. The names, statuses and error codes are part of
 * the API, pinned in {@code src-docs/contracts/problems-*.json}.
 */
public interface ProblemType {

  String URN = "urn:osmo:problem:";

  /** The constant's name: the stable name in upper case with underscores. */
  String name();

  int status();

  /** A short summary that is the same for every occurrence. */
  String title();

  /** The stable name, in kebab case. */
  default String typeName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  default String urn() {
    return URN + typeName();
  }

  /**
   * The value of {@code Link} (RFC 8288): where people read what to do next. token-service serves
   * it, so the address is relative to that of the request. Empty for an error of a protocol, which
   * has no section there.
   */
  default Optional<String> help() {
    return Optional.of("</ui/problems#" + typeName() + ">; rel=\"help\"");
  }

  /**
   * The value that existing clients check: with an error code they print the message, without one
   * they print the raw body.
   */
  default String errorCode() {
    return status() < 500 ? "USER" : "OSMO_ERROR";
  }

  /**
   * After how many seconds the same request may succeed; 0 if waiting does not help. Rate limits
   * set their own value.
   */
  default int retryAfterSeconds() {
    return status() == 503 ? 2 : 0;
  }
}
