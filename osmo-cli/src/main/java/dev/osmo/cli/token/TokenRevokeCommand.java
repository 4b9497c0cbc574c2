package dev.osmo.cli.token;

import dev.osmo.cli.options.ConfirmOption;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "revoke",
    description =
        "Revoke a token permanently. It stays in the list. Or, with --leaked, revoke all tokens in a"
            + " text, regardless of their owner.")
class TokenRevokeCommand implements Callable<Integer> {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private ConfirmOption confirm = new ConfirmOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "TOKEN",
      description = "Name of the token, its id pat_…, or self: the token of the context in use.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "The owner of the token; for administrators.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--leaked",
      paramLabel = "FILE",
      description =
          "Report the tokens in this file, or with - in standard input, as leaked, and revoke"
              + " refresh tokens. The text report of osmo token scan is accepted too. Needs no"
              + " login.")
  private Optional<String> leaked = Optional.empty();

  private final TokenInvalidation invalidation;
  private final LeakReports reports;

  TokenRevokeCommand(TokenInvalidation invalidation, LeakReports reports) {
    this.invalidation = invalidation;
    this.reports = reports;
  }

  @Override
  public Integer call() {
    if (name.isPresent() == leaked.isPresent() || (leaked.isPresent() && user.isPresent())) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "Specify either one token to revoke or --leaked=<file>",
          "See: osmo token revoke --help");
    }
    return leaked
        .map(source -> reports.send(source, format).number())
        .orElseGet(() -> revoke(TokenTarget.of(name.orElse(""), user)));
  }

  private int revoke(TokenTarget token) {
    invalidation.run(TokenInvalidation.Kind.REVOKE, token, format, confirm);
    return ExitCode.OK.number();
  }
}
