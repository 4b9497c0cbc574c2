package dev.osmo.cli.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import dev.osmo.cli.session.token.Jwt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a JWT says, never the JWT: without its signature the printed claims open nothing. Checks no
 * signature; that is for whoever receives it.
 */
@Command(
    name = "explain",
    description = "Show what the JWT says: how signed, for whom, until when.")
class AuthExplainCommand implements Runnable {
  private static final int LARGEST = 64 * 1024;

  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--stdin",
      description = "Explain the JWT on the standard input (default: the login's).")
  private boolean fromStandardInput;

  private final Session session;
  private final Clock clock;
  private final Terminal terminal;

  AuthExplainCommand(Session session, Clock clock, Terminal terminal) {
    this.session = session;
    this.clock = clock;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Jwt jwt = fromStandardInput ? typed() : session.credential().jwt();
    if (format.isJson()) {
      ObjectNode json = Json.object();
      json.set("header", jwt.header());
      json.set("claims", jwt.claims());
      terminal.block(Json.indented(format.found(json), 2));
    } else {
      ClaimLines.of(jwt.header(), jwt.claims(), clock.instant()).forEach(terminal::line);
    }
  }

  private Jwt typed() {
    try {
      String text = new String(terminal.in().readNBytes(LARGEST), StandardCharsets.UTF_8);
      return Jwt.received(text.strip(), clock.instant());
    } catch (IOException | Failure notJwt) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "The standard input holds no JWT",
          "A JWT is three parts of base64 with dots between; a token osmo_… is not one.");
    }
  }
}
