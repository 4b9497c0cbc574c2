package dev.osmo.cli.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.TokenCheck;
import dev.osmo.cli.session.TokenFiles;
import dev.osmo.pat.PatText;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The token is never an argument, because all users of the machine can see arguments. */
@Command(
    name = "verify",
    description = "Check the format and checksum of a token, and with --server whether it works.")
public class TokenVerifyCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "A file that contains the token, or - for standard input (default).")
  private String file = "-";

  @Option(
      names = "--server",
      paramLabel = "URL",
      arity = "0..1",
      fallbackValue = "",
      description =
          "Also exchange the token at this server (default: of the context in use). Nothing is stored.")
  private Optional<String> server = Optional.empty();

  private final TokenFiles files;
  private final TokenCheck check;
  private final Terminal terminal;
  private final Output output;

  TokenVerifyCommand(TokenFiles files, TokenCheck check, Terminal terminal, Output output) {
    this.files = files;
    this.check = check;
    this.terminal = terminal;
    this.output = output;
  }

  @Override
  public void run() {
    PatText pat = pat();
    ObjectNode result = Json.object().put("well_formed", true);
    output.printEarly(format, () -> Lines.of("Shape and checksum: ok"));
    server.map(this::address).ifPresent(url -> exchange(url, pat, result));
    output.print(format, Document.ofQuery(result), Lines::of);
  }

  private void exchange(ServerUrl url, PatText pat, ObjectNode result) {
    JsonNode claims = check.exchange(url, pat).claims();
    String user = claims.path("sub").asText("-");
    String name = claims.path("osmo_token_name").asText("-");
    result.put("server", url.text()).put("user", user).put("token_name", name);
    output.printEarly(
        format,
        () -> Lines.of("Server: " + url + " accepts it", "User: " + user, "Token: " + name));
  }

  private ServerUrl address(String url) {
    return url.isEmpty() ? check.currentServer() : new ServerUrl(url);
  }

  private PatText pat() {
    try {
      return file.equals("-") ? files.read(terminal.in()) : files.read(file, false);
    } catch (IOException unreadable) {
      throw Failure.of(ExitCode.USER_ERROR, "Cannot read standard input", "Use a file.");
    }
  }
}
