package dev.osmo.token;

import dev.osmo.http.timeout.FirstByteTimeoutInitializer;
import dev.osmo.token.migrate.Migration;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * The entry point. {@code migrate} applies pending migrations and exits; without arguments the
 * service starts.
 */
@QuarkusMain
public final class TokenService {

  TokenService() {}

  public static void main(String... args) {
    if (args.length > 0 && args[0].equals("migrate")) {
      System.exit(Migration.run(System.getenv(), System.out, System.err));
    }
    FirstByteTimeoutInitializer.enable();
    Quarkus.run(args);
  }
}
