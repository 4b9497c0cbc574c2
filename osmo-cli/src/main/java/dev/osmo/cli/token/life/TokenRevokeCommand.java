package dev.osmo.cli.token.life;

import dev.osmo.cli.options.ConfirmOption;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.token.address.TokenTarget;
import dev.osmo.cli.token.leak.LeakReports;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "revoke",
    description =
        "End a token for good; or, with --leaked, every token that stands in a text, whoever's it"
            + " is.")
public class TokenRevokeCommand implements Callable<Integer> {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private ConfirmOption confirm = new ConfirmOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "TOKEN",
      description = "Name of the token, its id pat_…, or self: the one behind the login.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "It is this user's token; for administrators.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--leaked",
      paramLabel = "FILE",
      description =
          "Report the tokens in this file, or with - in the standard input, as leaked. The"
              + " text report of osmo token scan is read, too. Needs no login.")
  private Optional<String> leaked = Optional.empty();

  private final EndedToken ended;
  private final LeakReports reports;
  private final Terminal terminal;

  TokenRevokeCommand(EndedToken ended, LeakReports reports, Terminal terminal) {
    this.ended = ended;
    this.reports = reports;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (name.isPresent() == leaked.isPresent() || (leaked.isPresent() && user.isPresent())) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "Name one token to revoke, or give --leaked=<file>",
          "See: osmo token revoke --help");
    }
    return leaked
        .map(source -> reports.send(source, format).number())
        .orElseGet(() -> revoke(TokenTarget.of(name.orElse(""), user)));
  }

  private int revoke(TokenTarget token) {
    if (confirm.allows(
        terminal, format, "End token " + token.name() + token.forUser() + " for good?")) {
      ended.end(token, format, "revoked");
    }
    return ExitCode.OK.number();
  }
}
