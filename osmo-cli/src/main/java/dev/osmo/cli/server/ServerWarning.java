package dev.osmo.cli.server;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** {@code x-osmo-warning}: a sentence for the user, in base64. Invalid values are ignored. */
final class ServerWarning {
  static final String HEADER = "x-osmo-warning";

  private static final int LONGEST = 2000;

  private ServerWarning() {}

  static Optional<String> decoded(String header) {
    try {
      String text =
          new String(Base64.getDecoder().decode(header.strip()), StandardCharsets.UTF_8).strip();
      return Optional.of(text.substring(0, Math.min(LONGEST, text.length())))
          .filter(warning -> !warning.isEmpty());
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
