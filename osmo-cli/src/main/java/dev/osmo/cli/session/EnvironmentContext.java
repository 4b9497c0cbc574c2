package dev.osmo.cli.session;

import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.pat.PatText;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A token, or a workload that a token trusts, from the environment. Neither the token nor its JWT
 * is written to a file.
 */
final class EnvironmentContext implements ActiveContext {
  private final ServerUrl url;
  private final Object credential;
  private final String variable;
  private final Function<Downscope, Context> exchange;
  private Optional<Context> exchanged = Optional.empty();

  /**
   * @param credential what identifies the token, for {@link #isFor}
   * @param variable where it comes from
   * @param exchange reads what is exchanged, each time, and exchanges it
   */
  EnvironmentContext(
      ServerUrl url, Object credential, String variable, Function<Downscope, Context> exchange) {
    this.url = url;
    this.credential = credential;
    this.variable = variable;
    this.exchange = exchange;
  }

  boolean isFor(ServerUrl otherUrl, Object otherCredential) {
    return url.equals(otherUrl) && credential.equals(otherCredential);
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
  public Context downscoped(Downscope wanted) {
    return exchange.apply(wanted);
  }

  @Override
  public <T> T exclusively(Supplier<T> work) {
    return work.get();
  }

  /** A process cannot change the environment of its parent, and a workload has no secret. */
  @Override
  public boolean replaceSecret(PatText newer) {
    return false;
  }

  @Override
  public String source() {
    return variable;
  }

  private Context exchange() {
    Context context = downscoped(new Downscope());
    exchanged = Optional.of(context);
    return context;
  }
}
