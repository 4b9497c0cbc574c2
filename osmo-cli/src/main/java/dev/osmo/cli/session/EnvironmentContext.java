package dev.osmo.cli.session;

import dev.osmo.cli.server.ServerUrl;
import dev.osmo.pat.PatText;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A token from the environment. Neither the token nor its JWT is written to a file. */
final class EnvironmentContext implements ActiveContext {
  private final ServerUrl url;
  private final PatText pat;
  private final String variable;
  private final TokenExchange tokenExchange;
  private Optional<Context> exchanged = Optional.empty();

  EnvironmentContext(ServerUrl url, PatText pat, String variable, TokenExchange tokenExchange) {
    this.url = url;
    this.pat = pat;
    this.variable = variable;
    this.tokenExchange = tokenExchange;
  }

  boolean isFor(ServerUrl otherUrl, PatText otherPat) {
    return url.equals(otherUrl) && pat.equals(otherPat);
  }

  @Override
  public synchronized Context current() {
    return exchanged.orElseGet(this::exchange);
  }

  @Override
  public synchronized Context renew(Predicate<Context> stillNeeded) {
    return exchanged.filter(stillNeeded.negate()).orElseGet(this::exchange);
  }

  @Override
  public <T> T exclusively(Supplier<T> work) {
    return work.get();
  }

  /** A process cannot change the environment of its parent. */
  @Override
  public boolean replaceSecret(PatText newer) {
    return false;
  }

  @Override
  public String source() {
    return variable;
  }

  private Context exchange() {
    Context context = new Context(url, pat, tokenExchange.exchange(url, pat));
    exchanged = Optional.of(context);
    return context;
  }
}
