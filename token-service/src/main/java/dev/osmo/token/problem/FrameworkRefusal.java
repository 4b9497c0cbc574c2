package dev.osmo.token.problem;

import jakarta.ws.rs.WebApplicationException;

/** What the HTTP framework refuses by itself, in the words of our catalogue. */
final class FrameworkRefusal {

  private FrameworkRefusal() {}

  static Refusal of(WebApplicationException e) {
    return switch (e.getResponse().getStatus()) {
      case 401 ->
          new Refusal(ProblemType.UNAUTHENTICATED, "Log in first: send a JWT as a Bearer token.");
      case 403 ->
          new Refusal(ProblemType.FORBIDDEN, "This needs a role that the login does not have.");
      case 404 -> new Refusal(ProblemType.NOT_FOUND, "There is nothing at this address.");
      case 405 ->
          new Refusal(ProblemType.METHOD_NOT_ALLOWED, "This address does not answer this method.");
      case 406 ->
          new Refusal(ProblemType.NOT_ACCEPTABLE, "The answer is application/json: accept that.");
      case 413 ->
          new Refusal(
              ProblemType.PAYLOAD_TOO_LARGE, "The request is larger than this service reads.");
      case 415 ->
          new Refusal(ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json.");
      default -> new Refusal(ProblemType.MALFORMED_REQUEST, "The request cannot be read.");
    };
  }
}
