package dev.osmo.cli.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.Session;
import dev.osmo.cli.session.store.Contexts;
import dev.osmo.cli.session.token.Pat;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "login", description = "Log in to an OSMO server with a personal access token.")
public class LoginCommand implements Runnable {

  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description = "Address of the server (default: the one last logged in to).")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description = "How to log in; 'token' is the only method so far, and the default.")
  private Optional<String> method = Optional.empty();

  @ArgGroup private TokenOption token = new TokenOption();

  @Option(
      names = "--allow-http",
      description = "Send the token unencrypted to a server that is not this machine.")
  private boolean allowHttp;

  @Option(
      names = "--strict",
      description = "Refuse a token file that other users of this machine may read.")
  private boolean strict;

  @Option(
      names = "--credential-helper",
      paramLabel = "NAME",
      description = {
        "Keep the token with the program osmo-credential-NAME or docker-credential-NAME;",
        "none keeps it in osmo's own file (default: OSMO_CREDENTIAL_HELPER, else as before)."
      })
  private Optional<String> helper = Optional.empty();

  private final TokenSource tokens;
  private final Session session;
  private final Contexts contexts;
  private final Terminal terminal;

  LoginCommand(TokenSource tokens, Session session, Contexts contexts, Terminal terminal) {
    this.tokens = tokens;
    this.session = session;
    this.contexts = contexts;
    this.terminal = terminal;
  }

  /** The two ways to give a token exclude each other. */
  static class TokenOption {
    @Option(names = "--token", paramLabel = "TOKEN", description = "The token itself.")
    private Optional<String> text = Optional.empty();

    @Option(
        names = "--token-file",
        paramLabel = "FILE",
        description = "A file that holds the token, or - for the standard input.")
    private Optional<String> file = Optional.empty();
  }

  @Override
  public void run() {
    ServerUrl server = server();
    Pat pat = pat();
    if (format.isJson()) {
      String user = contexts.login(server, pat, helper);
      ObjectNode json = Json.object().put("server", server.text()).put("user", user);
      terminal.block(Json.indented(format.chosen(json), 2));
    } else {
      terminal.line("Logging in to " + server);
      terminal.line("Successfully logged in. Welcome " + contexts.login(server, pat, helper) + ".");
    }
  }

  private ServerUrl server() {
    ServerUrl server = url.map(ServerUrl::new).or(session::server).orElseThrow(LoginCommand::noUrl);
    if (!server.isEncrypted() && !server.isLoopback() && !allowHttp) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          server + " would receive the token unencrypted",
          "Use https://, or add --allow-http if you trust every network on the way.");
    }
    return server;
  }

  private Pat pat() {
    if (!method.map("token"::equals).orElse(true)) {
      throw noSuchMethod(method.get());
    }
    return token
        .text
        .map(tokens::given)
        .or(() -> token.file.map(name -> tokens.fromFile(name, strict)))
        .or(tokens::asked)
        .orElseThrow(LoginCommand::noToken);
  }

  private static Failure noSuchMethod(String name) {
    return Failure.of(
        ExitCode.USER_ERROR,
        "The login method " + name + " is not available",
        "Log in with a personal access token: --method=token --token-file=<file>");
  }

  private static Failure noToken() {
    return Failure.of(
        ExitCode.USER_ERROR,
        "No token was given",
        "Add --token-file=<file>, --token-file=- to read it from the standard input, or --token=<token>.");
  }

  private static Failure noUrl() {
    return Failure.of(
        ExitCode.USER_ERROR,
        "No url provided and no previous login found",
        "Please provide a url: osmo login <url>");
  }
}
