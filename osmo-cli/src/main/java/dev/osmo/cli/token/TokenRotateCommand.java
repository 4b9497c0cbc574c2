package dev.osmo.cli.token;

import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.environment.InterruptCleanup;
import dev.osmo.cli.options.Moment;
import dev.osmo.cli.options.Span;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.SecretOption;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.session.NewTokenFile;
import dev.osmo.cli.session.RotatedToken;
import dev.osmo.cli.session.TokenRotation;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stores the new secret before it prints anything. */
@Command(
    name = "rotate",
    description =
        "Give a token a new secret. The old secret remains valid for a grace period. If the context"
            + " in use has the old secret, it gets the new one.")
class TokenRotateCommand implements Runnable {

  private static final String[] OTHER_FIELDS = {
    "id", "token_name", "expires_at", "old_secret_valid_until", "token_file"
  };

  /** At most one of the two. */
  static class Expiry {
    @Option(
        names = {"-e", "--expires-at"},
        paramLabel = "YYYY-MM-DD",
        converter = Moment.Typed.class,
        description = "Also change the expiration date, in UTC.")
    private Optional<Moment> at = Optional.empty();

    @Option(
        names = "--expires-in",
        paramLabel = "DURATION",
        converter = Span.Typed.class,
        description = "Also change the remaining lifetime, for example to 90d, 2w or P90D.")
    private Optional<Span> in = Optional.empty();
  }

  @Mixin private SecretOption secret = new SecretOption();
  @Mixin private TokenTarget token = new TokenTarget();

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      description =
          "How long the old secret remains valid: hours, 30m, 7d or PT30M (default: set by the"
              + " server, usually 24 hours).")
  private Optional<String> grace = Optional.empty();

  @ArgGroup private Expiry expiry = new Expiry();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Write the new token to this file, atomically, instead of printing it.")
  private Optional<String> file = Optional.empty();

  private final TokenRotation rotation;
  private final RotationReport report;
  private final Environment environment;
  private final InterruptCleanup cleanup;

  TokenRotateCommand(
      TokenRotation rotation,
      RotationReport report,
      Environment environment,
      InterruptCleanup cleanup) {
    this.cleanup = cleanup;
    this.rotation = rotation;
    this.report = report;
    this.environment = environment;
  }

  @Override
  public void run() {
    if (file.isEmpty()) {
      secret.requireSecret("token", OTHER_FIELDS);
      report.print(rotated(), secret);
      return;
    }
    secret.requireFields(OTHER_FIELDS);
    try (NewTokenFile target = NewTokenFile.prepare(environment, file.get())) {
      InterruptCleanup.Registration registration = cleanup.register(target::close);
      try (registration) {
        report.write(rotated(), target, file.get(), secret);
      }
    }
  }

  private RotatedToken rotated() {
    try {
      return rotation.rotate(request());
    } catch (Failure failure) {
      throw failure.exitCode() == ExitCode.SERVER_ERROR
          ? failure.withNextStep(
              "If the response was lost, run the command again: osmo token rotate "
                  + token.typed()
                  + ". A new secret that was never used is replaced.")
          : failure;
    }
  }

  private RawRequest request() {
    return token
        .api()
        .rotate()
        .with("grace", grace)
        .with("expires_at", expiry.at.map(Moment::text))
        .with("expires_in", expiry.in.map(Span::text))
        .raw();
  }
}
