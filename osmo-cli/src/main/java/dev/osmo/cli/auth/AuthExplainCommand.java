package dev.osmo.cli.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Jwt;
import dev.osmo.cli.session.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Prints the header and claims of a JWT, never its signature, so that the output cannot be used as
 * a credential. Does not verify the signature.
 */
@Command(
    name = "explain",
    description = {
      "Show the header and claims of the JWT. The signature is not verified.",
      "If the server refuses to issue one, show why: which role was removed, by whom and when."
    })
class AuthExplainCommand implements Runnable {
  private static final int LARGEST = 64 * 1024;

  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--stdin",
      description = "Read the JWT from standard input (default: the JWT of the context in use).")
  private boolean fromStandardInput;

  private final Session session;
  private final Clock clock;
  private final Terminal terminal;
  private final Output output;

  AuthExplainCommand(Session session, Clock clock, Terminal terminal, Output output) {
    this.session = session;
    this.clock = clock;
    this.terminal = terminal;
    this.output = output;
  }

  @Override
  public void run() {
    Jwt jwt = fromStandardInput ? typed() : ownJwt();
    ObjectNode json = Json.object();
    json.set("header", jwt.header());
    json.set("claims", jwt.claims());
    output.print(
        format,
        Document.ofQuery(json),
        () -> Lines.of(ClaimLines.of(jwt.header(), jwt.claims(), clock.instant())));
  }

  /** If the server refuses the exchange, prints its explanation. */
  private Jwt ownJwt() {
    try {
      return session.credential().jwt();
    } catch (Failure refused) {
      refused
          .denial()
          .ifPresent(
              denial ->
                  output.print(
                      format,
                      Document.ofQuery(denial.json()),
                      () -> Lines.of(denial.lines(signIn()))));
      throw refused;
    }
  }

  private String signIn() {
    return "osmo login" + session.server().map(url -> " " + url).orElse("");
  }

  private Jwt typed() {
    try {
      String text = new String(terminal.in().readNBytes(LARGEST), StandardCharsets.UTF_8);
      return Jwt.received(text.strip(), clock.instant());
    } catch (IOException | Failure notJwt) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "Standard input does not contain a JWT",
          "A JWT has three base64 parts separated by dots. An access token osmo_… is not a JWT.");
    }
  }
}
