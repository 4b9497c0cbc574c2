package dev.osmo.exchange.provider;

import java.util.Optional;

/**
 * Where a person signs in for a device, and with which code (RFC 8628, section 3.2). The device
 * code is a credential, so {@code toString} does not print it.
 *
 * @param expiresIn in seconds
 * @param interval between two polls, in seconds
 */
public record DeviceAuthorization(
    String deviceCode,
    String userCode,
    String verificationUri,
    Optional<String> verificationUriComplete,
    long expiresIn,
    long interval) {

  @Override
  public String toString() {
    return "device authorization";
  }
}
