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
import dev.osmo.cli.signin.ProviderSignIns;
import dev.osmo.cli.signin.ProviderSignIns.Wishes;
import dev.osmo.cli.signin.SignInMethod;
import dev.osmo.pat.PatText;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "login",
    description = {
      "Log in to an OSMO server: sign in with the browser, or use a personal access token.",
      "Without a method or a token, osmo uses the method that the server offers."
    })
public class LoginCommand implements Runnable {

  private static final int NOT_FOUND = 404;

  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description = "Address of the server (default: the server of the context in use).")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description = {
        "How to log in: pkce (with the browser of this machine), code (with a browser on any",
        "device) or token (with an access token)."
      })
  private Optional<String> method = Optional.empty();

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "The identity provider to sign in with (default: the server's first).")
  private Optional<String> provider = Optional.empty();

  @Option(
      names = "--no-browser",
      description = "Do not open a browser, only print the address of the page.")
  private boolean noBrowser;

  @Option(
      names = "--callback-port",
      paramLabel = "PORT",
      description = "The local port to which the browser returns (default: a free one).")
  private int callbackPort;

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
  private final ProviderSignIns signIns;
  private final Session session;
  private final Contexts contexts;
  private final Output output;

  LoginCommand(
      TokenSource tokens,
      ProviderSignIns signIns,
      Session session,
      Contexts contexts,
      Output output) {
    this.tokens = tokens;
    this.signIns = signIns;
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
    Wishes wishes = new Wishes(method(), provider, !noBrowser, callbackPort);
    String user = loggedIn(server, wishes);
    output.print(
        format,
        Document.ofChange(Json.object().put("server", server.text()).put("user", user)),
        () -> Lines.of("Successfully logged in. Welcome " + user + "."));
  }

  /** No context has the address yet, so the advice names it. */
  private String loggedIn(ServerUrl server, Wishes wishes) {
    try {
      return usesToken(wishes) ? withToken(server) : signedIn(server, wishes);
    } catch (Failure failure) {
      boolean wrongAddress =
          failure.status() == NOT_FOUND && failure.exitCode() == ExitCode.USER_ERROR;
      throw failure.withNextStep(
          wrongAddress
              ? "Check the URL. It is usually that of the server, without a path."
              : failure.nextStep().orElse("").replace("osmo login <url>", "osmo login " + server));
    }
  }

  private boolean usesToken(Wishes wishes) {
    boolean given = token.text.isPresent() || token.file.isPresent();
    if (given && wishes.method().filter(each -> each != SignInMethod.TOKEN).isPresent()) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "A token is for --method=token only",
          "Omit the token, or the method.");
    }
    if (given || wishes.method().equals(Optional.of(SignInMethod.TOKEN))) {
      return true;
    }
    if (!signIns.canAsk(wishes)) {
      throw nobodyToAsk(output.mayAsk());
    }
    return false;
  }

  private String withToken(ServerUrl server) {
    PatText pat = pat();
    greet(server);
    return contexts.login(server, pat, place(), helper);
  }

  private String signedIn(ServerUrl server, Wishes wishes) {
    greet(server);
    return signIns
        .signIn(server, wishes)
        .map(session -> contexts.login(server, session, helper))
        .orElseGet(() -> contexts.login(server, pat(), place(), helper));
  }

  private void greet(ServerUrl server) {
    output.printEarly(format, () -> Lines.of("Logging in to " + server));
  }

  private ServerUrl server() {
    return url.map(ServerUrl::new)
        .or(session::server)
        .orElseThrow(LoginCommand::noUrl)
        .requireEncryption(allowHttp, "add --allow-http");
  }

  private Optional<SignInMethod> method() {
    return method.map(name -> SignInMethod.named(name).orElseThrow(() -> noSuchMethod(name)));
  }

  private PatText pat() {
    return token
        .text
        .map(tokens::given)
        .or(() -> token.file.map(name -> tokens.fromFile(name, strict)))
        .or(tokens::asked)
        .orElseThrow(LoginCommand::noToken);
  }

  /** Where the token comes from, for users. */
  private String place() {
    return token
        .text
        .map(text -> "--token")
        .or(() -> token.file.map(name -> name.equals("-") ? "standard input" : "the file " + name))
        .orElse("what you pasted");
  }

  private static Failure noSuchMethod(String name) {
    return Failure.of(
        ExitCode.USER_ERROR,
        "The login method " + name + " is not available",
        "Sign in with --method=pkce or --method=code, or use a personal access token:"
            + " --method=token --token-file=<file>");
  }

  private static Failure noToken() {
    return Failure.of(
        ExitCode.USER_ERROR,
        "No token was given",
        "Add --token-file=<file>, --token-file=- to read it from standard input, or"
            + " --token=<token>.");
  }

  private static Failure nobodyToAsk(boolean allowed) {
    String instead =
        "Log in with an access token: --token-file=<file>, or --token-file=- to read it from"
            + " standard input. Or omit the login, and set OSMO_URL and OSMO_TOKEN_FILE or"
            + " OSMO_TOKEN.";
    return allowed
        ? Failure.of(
            ExitCode.USER_ERROR,
            "Nobody can sign in here, because there is no terminal",
            instead + " To wait for a person anyway, add --method=pkce or --method=code.")
        : Failure.of(
            ExitCode.USER_ERROR, "Nobody can sign in, because --no-input forbids it", instead);
  }

  private static Failure noUrl() {
    return Failure.of(
        ExitCode.USER_ERROR,
        "No url provided and no previous login found",
        "Please provide a url: osmo login <url>");
  }
}
