package dev.osmo.cli.login;

import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.Contexts;
import dev.osmo.cli.session.Session;
import dev.osmo.pat.PatText;
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
      description = "Address of the server (default: the server of the context in use).")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description = "How to log in. The only method is token, the default.")
  private Optional<String> method = Optional.empty();

  @ArgGroup private TokenOption token = new TokenOption();

  @Option(
      names = "--allow-http",
      description = "Allow sending the token unencrypted to another machine.")
  private boolean allowHttp;

  @Option(
      names = "--strict",
      description = "Refuse a token file that other users of this machine can read.")
  private boolean strict;

  @Option(
      names = "--credential-helper",
      paramLabel = "NAME",
      description = {
        "Store the token with the program osmo-credential-NAME or docker-credential-NAME;",
        "none stores it in osmo's own file (default: OSMO_CREDENTIAL_HELPER, else as before)."
      })
  private Optional<String> helper = Optional.empty();

  private final TokenSource tokens;
  private final Session session;
  private final Contexts contexts;
  private final Output output;

  LoginCommand(TokenSource tokens, Session session, Contexts contexts, Output output) {
    this.tokens = tokens;
    this.session = session;
    this.contexts = contexts;
    this.output = output;
  }

  /** At most one of the two. */
  static class TokenOption {
    @Option(names = "--token", paramLabel = "TOKEN", description = "The token itself.")
    private Optional<String> text = Optional.empty();

    @Option(
        names = "--token-file",
        paramLabel = "FILE",
        description = "A file that contains the token, or - for standard input.")
    private Optional<String> file = Optional.empty();
  }

  @Override
  public void run() {
    ServerUrl server = server();
    PatText pat = pat();
    output.printEarly(format, () -> Lines.of("Logging in to " + server));
    String user = contexts.login(server, pat, helper);
    output.print(
        format,
        Document.ofChange(Json.object().put("server", server.text()).put("user", user)),
        () -> Lines.of("Successfully logged in. Welcome " + user + "."));
  }

  private ServerUrl server() {
    return url.map(ServerUrl::new)
        .or(session::server)
        .orElseThrow(LoginCommand::noUrl)
        .requireEncryption(allowHttp, "add --allow-http");
  }

  private PatText pat() {
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
        "Add --token-file=<file>, --token-file=- to read it from standard input, or --token=<token>.");
  }

  private static Failure noUrl() {
    return Failure.of(
        ExitCode.USER_ERROR,
        "No url provided and no previous login found",
        "Please provide a url: osmo login <url>");
  }
}
