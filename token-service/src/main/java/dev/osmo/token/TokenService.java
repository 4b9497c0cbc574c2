package dev.osmo.token;

import dev.osmo.http.start.Usage;
import dev.osmo.http.timeout.FirstByteTimeoutInitializer;
import dev.osmo.token.migrate.Migration;
import dev.osmo.token.migrate.RestoreDecision;
import dev.osmo.token.notice.TestNotice;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/**
 * The entry point. {@code migrate} applies pending migrations and exits, {@code revoke-before}
 * accepts a restored database and exits, {@code test-notice} tries the webhooks and exits; without
 * arguments the service starts. Any other command line is refused: a mistyped {@code migrate} must
 * not start a server.
 */
@QuarkusMain
public final class TokenService {

  private static final List<String> MIGRATE = List.of("migrate");
  private static final List<String> TEST_NOTICE = List.of("test-notice");
  private static final String REVOKE_BEFORE = "revoke-before";
  private static final Usage USAGE =
      new Usage(
          "token-service",
          List.of(
              new Usage.Command("migrate", "applies pending database migrations and exits"),
              new Usage.Command(
                  "revoke-before TIME [FILE]",
                  "accepts a restored database: revokes what was created before TIME and exits"),
              new Usage.Command(
                  "test-notice", "sends a test notice to each configured webhook and exits")));

  TokenService() {}

  public static void main(String... args) {
    List<String> arguments = List.of(args);
    if (arguments.equals(MIGRATE)) {
      System.exit(Migration.run(System.getenv(), System.out, System.err));
    }
    if (arguments.size() > 1 && arguments.getFirst().equals(REVOKE_BEFORE)) {
      System.exit(
          RestoreDecision.run(
              arguments.subList(1, arguments.size()), System.getenv(), System.out, System.err));
    }
    if (arguments.equals(TEST_NOTICE)) {
      System.exit(TestNotice.run(System.getenv(), System.out, System.err));
    }
    if (!arguments.isEmpty()) {
      System.exit(USAGE.answer(arguments, System.out, System.err));
    }
    FirstByteTimeoutInitializer.enable();
    Quarkus.run(args);
  }
}
