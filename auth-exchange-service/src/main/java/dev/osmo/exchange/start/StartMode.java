package dev.osmo.exchange.start;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this process was started for: the first argument of its command line. */
enum StartMode {
  /** No argument: serves requests until it is stopped. */
  SERVICE(""),
  /** Publishes the next signing key and exits. */
  ROTATE_KEYS("rotate-keys"),
  /** Revokes the signing key with the given id and exits. */
  REVOKE_KEY("revoke-key KID"),
  /** Any other command line. */
  UNKNOWN("");

  private final String usage;

  StartMode(String usage) {
    this.usage = usage;
  }

  static StartMode of(List<String> arguments) {
    return switch (arguments.size()) {
      case 0 -> SERVICE;
      case 1 -> arguments.getFirst().equals("rotate-keys") ? ROTATE_KEYS : UNKNOWN;
      case 2 -> arguments.getFirst().equals("revoke-key") ? REVOKE_KEY : UNKNOWN;
      default -> UNKNOWN;
    };
  }

  static String allUsages() {
    return Stream.of(values())
        .map(mode -> mode.usage)
        .filter(usage -> !usage.isEmpty())
        .collect(Collectors.joining(", ", "nothing, ", ""));
  }
}
