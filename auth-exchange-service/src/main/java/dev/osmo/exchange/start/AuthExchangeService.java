package dev.osmo.exchange.start;

import dev.osmo.exchange.jwt.keys.KeyCommands;
import dev.osmo.http.timeout.FirstByteTimeoutInitializer;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintStream;
import java.util.List;

/**
 * The entry point. Without arguments the service runs. {@code rotate-keys} and {@code revoke-key
 * KID} change the signing keys in the database and exit. A command opens no port, and there is no
 * route for it that an attacker could call.
 */
@QuarkusMain
public final class AuthExchangeService implements QuarkusApplication {

  private static final String NOT_CREATED =
      "No key was created: there is no active key in the database, or the key file does not decrypt"
          + " the active or the pending key.";

  private final KeyCommands keys;

  AuthExchangeService(KeyCommands keys) {
    this.keys = keys;
  }

  public static void main(String... arguments) {
    StartMode mode = StartMode.of(List.of(arguments));
    if (mode == StartMode.UNKNOWN) {
      System.exit(StartMode.USAGE.answer(List.of(arguments), System.out, System.err));
    }
    if (mode != StartMode.SERVICE) {
      System.setProperty("quarkus.http.host-enabled", "false");
      System.setProperty("quarkus.management.host-enabled", "false");
    }
    FirstByteTimeoutInitializer.enable();
    Quarkus.run(AuthExchangeService.class, arguments);
  }

  @Override
  public int run(String... arguments) {
    return switch (StartMode.of(List.of(arguments))) {
      case SERVICE -> serve();
      case ROTATE_KEYS -> rotate();
      case REVOKE_KEY -> revoke(arguments[1]);
      case UNKNOWN -> 2;
    };
  }

  private static int serve() {
    Quarkus.waitForExit();
    return 0;
  }

  private int rotate() {
    return keys.rotate()
        .map(done -> print(System.out, done, 0))
        .orElseGet(() -> print(System.err, NOT_CREATED, 1));
  }

  private int revoke(String kid) {
    return keys.revoke(kid)
        .map(done -> print(System.out, done, 0))
        .orElseGet(() -> print(System.err, "There is no signing key " + kid + ".", 1));
  }

  private static int print(PrintStream to, String sentence, int exitCode) {
    to.println(sentence);
    return exitCode;
  }
}
