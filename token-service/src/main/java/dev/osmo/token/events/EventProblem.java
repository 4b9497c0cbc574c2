package dev.osmo.token.events;

import dev.osmo.http.problem.ProblemType;
import dev.osmo.http.problem.Refusal;
import java.util.Optional;

/**
 * The errors of RFC 8935, section 2.4. An event that is not verified gets the same error whatever
 * the reason. Its status counts it as a failure of the address; the response has 400.
 */
enum EventProblem implements ProblemType {
  INVALID_REQUEST(400, "invalid_request"),
  INVALID_AUDIENCE(400, "invalid_audience"),
  AUTHENTICATION_FAILED(401, "authentication_failed");

  private final int status;
  private final String err;

  EventProblem(int status, String err) {
    this.status = status;
    this.err = err;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return typeName();
  }

  @Override
  public Optional<String> help() {
    return Optional.empty();
  }

  String err() {
    return err;
  }

  Refusal because(String description) {
    return new Refusal(this, description);
  }
}
