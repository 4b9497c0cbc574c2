package dev.osmo.cli.session;

import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.store.Login;
import dev.osmo.cli.session.token.Pat;
import dev.osmo.cli.session.token.TokenExchange;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A token from the environment. Nothing of it is written to a file: the JWT lives in memory. */
final class GivenLogin implements ActiveLogin {
  private final ServerUrl url;
  private final Pat pat;
  private final String variable;
  private final TokenExchange tokenExchange;
  private Optional<Login> exchanged = Optional.empty();

  GivenLogin(ServerUrl url, Pat pat, String variable, TokenExchange tokenExchange) {
    this.url = url;
    this.pat = pat;
    this.variable = variable;
    this.tokenExchange = tokenExchange;
  }

  boolean isFor(ServerUrl otherUrl, Pat otherPat) {
    return url.equals(otherUrl) && pat.equals(otherPat);
  }

  @Override
  public synchronized Login current() {
    return exchanged.orElseGet(this::exchange);
  }

  @Override
  public synchronized Login renew(Predicate<Login> stillNeeded) {
    return exchanged.filter(stillNeeded.negate()).orElseGet(this::exchange);
  }

  @Override
  public <T> T exclusively(Supplier<T> work) {
    return work.get();
  }

  /** The environment is not ours to change. */
  @Override
  public boolean keep(Pat newer) {
    return false;
  }

  @Override
  public String source() {
    return variable;
  }

  private Login exchange() {
    Login login = new Login(url, pat, tokenExchange.exchange(url, pat));
    exchanged = Optional.of(login);
    return login;
  }
}
