package dev.osmo.cli.token.life;

import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.environment.Unfinished;
import dev.osmo.cli.options.Moment;
import dev.osmo.cli.options.SecretOption;
import dev.osmo.cli.options.Span;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.session.life.NewTokenFile;
import dev.osmo.cli.session.life.RotatedToken;
import dev.osmo.cli.session.life.TokenRotation;
import dev.osmo.cli.token.address.TokenTarget;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The new secret reaches a place where it is safe before anything is said. */
@Command(
    name = "rotate",
    description =
        "Give a token a new secret; the old one works on for a while. A login or, with --token-file,"
            + " a file that holds the old one gets the new one.")
public class TokenRotateCommand implements Runnable {

  /** The end of the token can be told in one way only. */
  static class Expiry {
    @Option(
        names = {"-e", "--expires-at"},
        paramLabel = "YYYY-MM-DD",
        converter = Moment.Typed.class,
        description = "Also move the end of the token to this date, in UTC.")
    private Optional<Moment> at = Optional.empty();

    @Option(
        names = "--expires-in",
        paramLabel = "DURATION",
        converter = Span.Typed.class,
        description = "Also move the end of the token: 90d, 12h or P90D from now.")
    private Optional<Span> in = Optional.empty();
  }

  @Mixin private SecretOption output = new SecretOption();
  @Mixin private TokenTarget token = new TokenTarget();

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      description =
          "How long the old secret works on: hours, or 7d, or PT30M (default: what the server"
              + " says, 24 hours).")
  private Optional<String> grace = Optional.empty();

  @ArgGroup private Expiry expiry = new Expiry();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Put the new token into this file, in one step, instead of printing it.")
  private Optional<String> file = Optional.empty();

  private final TokenRotation rotation;
  private final RotationReport report;
  private final Environment environment;
  private final Unfinished unfinished;

  TokenRotateCommand(
      TokenRotation rotation,
      RotationReport report,
      Environment environment,
      Unfinished unfinished) {
    this.unfinished = unfinished;
    this.rotation = rotation;
    this.report = report;
    this.environment = environment;
  }

  @Override
  public void run() {
    output.demandFieldsAmong(
        "token", "id", "token_name", "expires_at", "old_secret_valid_until", "token_file");
    if (file.isEmpty()) {
      report.print(rotated(), output);
      return;
    }
    try (NewTokenFile place = NewTokenFile.prepare(environment, file.get())) {
      Unfinished.Work work = unfinished.begun(place::close);
      try (work) {
        RotatedToken rotated = rotated();
        report.put(rotated, place, file.get(), output);
      }
    }
  }

  private RotatedToken rotated() {
    try {
      return rotation.rotate(request());
    } catch (Failure failure) {
      throw failure.exitCode() == ExitCode.SERVER_ERROR
          ? failure.withNextStep(
              "If the answer was lost, type it again: osmo token rotate "
                  + token.typed()
                  + ". A new secret that nobody used is replaced.")
          : failure;
    }
  }

  private RawRequest request() {
    return token
        .request("POST", "rotate")
        .with("grace", grace)
        .with("expires_at", expiry.at.map(Moment::text))
        .with("expires_in", expiry.in.map(Span::text))
        .raw();
  }
}
