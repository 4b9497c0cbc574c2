package dev.osmo.exchange.start;

import dev.osmo.http.start.Usage;
import java.util.List;

/** What this process was started for: the first argument of its command line. */
enum StartMode {
  /** No argument: serves requests until it is stopped. */
  SERVICE,
  /** Publishes the next signing key and exits. */
  ROTATE_KEYS,
  /** Revokes the signing key with the given id and exits. */
  REVOKE_KEY,
  /** Any other command line, also the one that requests help. */
  UNKNOWN;

  static final Usage USAGE =
      new Usage(
          "auth-exchange-service",
          List.of(
              new Usage.Command("rotate-keys", "publishes the next signing key and exits"),
              new Usage.Command("revoke-key KID", "revokes a signing key and exits")));

  static StartMode of(List<String> arguments) {
    return switch (arguments.size()) {
      case 0 -> SERVICE;
      case 1 -> arguments.getFirst().equals("rotate-keys") ? ROTATE_KEYS : UNKNOWN;
      case 2 -> arguments.getFirst().equals("revoke-key") ? REVOKE_KEY : UNKNOWN;
      default -> UNKNOWN;
    };
  }
}
