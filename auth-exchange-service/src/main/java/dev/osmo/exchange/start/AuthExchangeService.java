package dev.osmo.exchange.start;

import dev.osmo.exchange.jwt.keys.KeyCommands;
import dev.osmo.http.deadline.AnswerDeadlines;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintStream;
import java.util.List;

/**
 * The way in. Without arguments the service runs; {@code rotate-keys} and {@code revoke-key KID}
 * change the keys in the database and end. A command opens no port: there is no route that an
 * attacker could find.
 */
@QuarkusMain
public final class AuthExchangeService implements QuarkusApplication {

  private static final String OTHER_KEY_FILE =
      "No key was made: the key file does not open the keys in the database that sign or will, or there"
          + " are none.";

  private final KeyCommands keys;

  AuthExchangeService(KeyCommands keys) {
    this.keys = keys;
  }

  public static void main(String... arguments) {
    StartMode mode = StartMode.of(List.of(arguments));
    if (mode == StartMode.UNKNOWN) {
      System.err.println("auth-exchange-service takes one of: " + StartMode.allUsages() + ".");
      System.exit(2);
    }
    if (mode != StartMode.SERVICE) {
      System.setProperty("quarkus.http.host-enabled", "false");
      System.setProperty("quarkus.management.host-enabled", "false");
    }
    AnswerDeadlines.enable();
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
        .map(done -> say(System.out, done, 0))
        .orElseGet(() -> say(System.err, OTHER_KEY_FILE, 1));
  }

  private int revoke(String kid) {
    return keys.revoke(kid)
        .map(done -> say(System.out, done, 0))
        .orElseGet(() -> say(System.err, "There is no signing key " + kid + ".", 1));
  }

  private static int say(PrintStream to, String sentence, int exitCode) {
    to.println(sentence);
    return exitCode;
  }
}
