package dev.osmo.cli.session;

import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.pat.PatText;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * {@code OSMO_URL} with {@code OSMO_TOKEN}, {@code OSMO_TOKEN_FILE} or {@code OSMO_WORKLOAD_PAT}: a
 * context that is not saved. It is cached in the process, so that several requests need one
 * exchange.
 */
@Singleton
class EnvironmentToken {
  /** Names the access token that trusts this workload: its id, or {@code OWNER/NAME}. */
  static final String WORKLOAD = "OSMO_WORKLOAD_PAT";

  private final Environment environment;
  private final TokenFiles tokenFiles;
  private final TokenExchange tokenExchange;
  private final WorkloadTokens workloadTokens;
  private Optional<EnvironmentContext> last = Optional.empty();

  EnvironmentToken(
      Environment environment,
      TokenFiles tokenFiles,
      TokenExchange tokenExchange,
      WorkloadTokens workloadTokens) {
    this.workloadTokens = workloadTokens;
    this.environment = environment;
    this.tokenFiles = tokenFiles;
    this.tokenExchange = tokenExchange;
  }

  Optional<ServerUrl> url() {
    return environment.variable("OSMO_URL").map(ServerUrl::new);
  }

  boolean isPresent() {
    return onlyVariable().isPresent();
  }

  /**
   * @throws Failure if the environment has no token or no server
   */
  ActiveContext context() {
    String variable = onlyVariable().orElseThrow(NotLoggedIn::atAll);
    ServerUrl url = requireEncryption(url().orElseThrow(() -> noUrl(variable)));
    return variable.equals(WORKLOAD) ? workload(url) : token(url, variable);
  }

  private ActiveContext workload(ServerUrl url) {
    String pat = environment.variable(WORKLOAD).orElse("");
    return reused(
        url,
        pat,
        WORKLOAD,
        wanted ->
            new Context(
                url,
                new Grant.Workload(),
                tokenExchange.exchange(url, workloadTokens.current(url), pat, wanted)));
  }

  private ActiveContext token(ServerUrl url, String variable) {
    PatText pat = pat(variable);
    TokenOrigin origin = TokenOrigin.environment(variable, place(variable));
    return reused(
        url,
        pat,
        variable,
        wanted ->
            new Context(
                url,
                new Grant.Pat(pat),
                origin.exchanged(url, () -> tokenExchange.exchange(url, pat, wanted))));
  }

  /** Where the token is, for users: the variable, or the file that it names. */
  private String place(String variable) {
    return variable.equals("OSMO_TOKEN")
        ? variable
        : "the file " + environment.variable(variable).orElse("") + " of " + variable;
  }

  private ActiveContext reused(
      ServerUrl url, Object credential, String variable, Function<Downscope, Context> exchange) {
    EnvironmentContext context =
        last.filter(known -> known.isFor(url, credential))
            .orElseGet(() -> new EnvironmentContext(url, credential, variable, exchange));
    last = Optional.of(context);
    return context;
  }

  /** The variable that has the token, or names its file or the token that trusts the workload. */
  Optional<String> variable() {
    return variables().findFirst();
  }

  private Stream<String> variables() {
    return Stream.of("OSMO_TOKEN", "OSMO_TOKEN_FILE", WORKLOAD)
        .filter(name -> environment.variable(name).isPresent());
  }

  /**
   * As {@link #variable}.
   *
   * @throws Failure if several are set
   */
  private Optional<String> onlyVariable() {
    List<String> set = variables().limit(2).toList();
    if (set.size() > 1) {
      throw Failure.of(
          ExitCode.USER_ERROR, String.join(" and ", set) + " are both set", "Unset one.");
    }
    return set.stream().findFirst();
  }

  private PatText pat(String variable) {
    String value = environment.variable(variable).orElse("");
    return variable.equals("OSMO_TOKEN")
        ? TokenSyntax.require(value.strip())
        : tokenFiles.read(value);
  }

  /** Checks an address that a token may be sent to. */
  ServerUrl requireEncryption(ServerUrl url) {
    return url.requireEncryption(environment.allowsHttp(), "set OSMO_ALLOW_HTTP=1");
  }

  private static Failure noUrl(String variable) {
    return Failure.of(
        ExitCode.USER_ERROR,
        variable + " is set, but OSMO_URL is not",
        "Set OSMO_URL to the address of the server that issued the token.");
  }
}
