package dev.osmo.cli.signin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.time.Duration;

/**
 * What the server answers at the start of a sign-in on another device (RFC 8628, section 3.2).
 *
 * @param page where the person types the user code
 * @param completePage the page that already contains it
 */
record DeviceCode(
    String secret,
    String userCode,
    BrowserPage page,
    BrowserPage completePage,
    Duration life,
    Duration interval) {
  private static final long LONGEST_LIFE = 1800;
  private static final long USUAL_INTERVAL = 5;
  private static final long LONGEST_INTERVAL = 60;

  /**
   * Reads the response.
   *
   * @throws Failure if it is incomplete, or names a page that is not safe to open
   */
  static DeviceCode from(JsonNode json) {
    String secret = json.path("device_code").asText();
    String userCode = json.path("user_code").asText();
    if (secret.isBlank() || userCode.isBlank()) {
      throw Failure.of(
          ExitCode.SERVER_ERROR,
          "The server's response contains no device code",
          "Report it to the server's operator.");
    }
    BrowserPage page = BrowserPage.require(json.path("verification_uri").asText());
    JsonNode complete = json.path("verification_uri_complete");
    return new DeviceCode(
        secret,
        userCode,
        page,
        complete.isTextual() ? BrowserPage.require(complete.textValue()) : page,
        seconds(json.path("expires_in").asLong(LONGEST_LIFE), LONGEST_LIFE),
        seconds(json.path("interval").asLong(USUAL_INTERVAL), LONGEST_INTERVAL));
  }

  private static Duration seconds(long number, long most) {
    return Duration.ofSeconds(Math.clamp(number, 1, most));
  }

  @Override
  public String toString() {
    return "DeviceCode[***]";
  }
}
