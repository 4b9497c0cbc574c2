package dev.osmo.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.http.HttpResponse;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import java.time.Duration;
import java.util.Optional;

/** A response. The body is untrusted and limited in size. */
public final class ServerResponse {
  private final HttpResponse response;
  private final Optional<Duration> retryAfter;

  /**
   * @param retryAfter the pause that the server requests
   */
  ServerResponse(HttpResponse response, Optional<Duration> retryAfter) {
    this.response = response;
    this.retryAfter = retryAfter;
  }

  public int status() {
    return response.status();
  }

  public byte[] body() {
    return response.body();
  }

  /** The first header of this name. Untrusted. */
  public Optional<String> header(String name) {
    return response.header(name);
  }

  public boolean isOk() {
    return status() >= 200 && status() < 300;
  }

  public boolean isUnauthorized() {
    return status() == 401;
  }

  /** The JSON of a successful response; throws a {@link Failure} for any other. */
  public JsonNode json() {
    if (!isOk()) {
      throw problem().asFailure();
    }
    return Json.read(body())
        .orElseThrow(
            () ->
                Failure.of(
                        ExitCode.SERVER_ERROR,
                        "The server's response is not JSON (status " + status() + ")",
                        "Check that the server of the context is an OSMO server.")
                    .withRequestId(requestId()));
  }

  public Problem problem() {
    return Problem.of(status(), Json.read(body()), requestId(), header("Location"), retryAfter);
  }

  private Optional<String> requestId() {
    return header("X-Request-Id");
  }
}
