package dev.osmo.cli.tokentext;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.TokenCheck;
import dev.osmo.cli.session.token.Pat;
import dev.osmo.cli.session.token.TokenFiles;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The token is never an argument: arguments are seen by everybody on the machine. */
@Command(
    name = "verify",
    description = "Check a token's shape and checksum, and with --server whether it works.")
public class TokenVerifyCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "A file that holds the token, or - for the standard input (default).")
  private String file = "-";

  @Option(
      names = "--server",
      paramLabel = "URL",
      arity = "0..1",
      fallbackValue = "",
      description =
          "Also exchange it at this server (without URL: the one logged in to). Nothing is kept.")
  private Optional<String> server = Optional.empty();

  private final TokenFiles files;
  private final TokenCheck check;
  private final Terminal terminal;

  TokenVerifyCommand(TokenFiles files, TokenCheck check, Terminal terminal) {
    this.files = files;
    this.check = check;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Pat pat = pat();
    ObjectNode seen = Json.object().put("well_formed", true);
    say("Shape and checksum: ok");
    server.map(this::address).ifPresent(url -> ask(url, pat, seen));
    if (format.isJson()) {
      terminal.block(Json.indented(format.found(seen), 2));
    }
  }

  private void ask(ServerUrl url, Pat pat, ObjectNode seen) {
    JsonNode claims = check.exchange(url, pat).claims();
    seen.put("server", url.text())
        .put("user", claims.path("sub").asText("-"))
        .put("token_name", claims.path("osmo_token_name").asText("-"));
    say("Server: " + url + " accepts it");
    say("User: " + seen.path("user").asText());
    say("Token: " + seen.path("token_name").asText());
  }

  private void say(String line) {
    if (!format.isJson()) {
      terminal.line(line);
    }
  }

  private ServerUrl address(String url) {
    return url.isEmpty() ? check.loggedInTo() : new ServerUrl(url);
  }

  private Pat pat() {
    try {
      return file.equals("-") ? files.read(terminal.in()) : files.read(file, false);
    } catch (IOException unreadable) {
      throw Failure.of(ExitCode.USER_ERROR, "Cannot read the standard input", "Name a file.");
    }
  }
}
