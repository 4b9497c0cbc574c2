package dev.osmo.exchange.exchange;

import dev.osmo.exchange.pat.StoredPats;
import dev.osmo.exchange.pat.verification.VerifiedSecrets;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.web.Overload;
import io.netty.channel.EventLoopGroup;
import io.quarkus.arc.Unremovable;
import io.quarkus.netty.MainEventLoopGroup;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/**
 * Limits how many exchanges are in work. What is beyond that would wait for longer than two
 * statements, and so would everything after it. Exchanges that wait for Argon2 do not count: they
 * have a limit of their own, and need neither an event loop nor the database meanwhile.
 *
 * <p>Exchanges through {@code /oauth2/token} are refused later, in the format of OAuth.
 */
@Singleton
@Unremovable
class ExchangeOverload implements Overload {

  /** For each event loop: one is under way, and one waits. */
  private static final int STATEMENTS = 2;

  private final StoredPats pats;
  private final VerifiedSecrets secrets;
  private final int most;
  private final AtomicInteger inWork = new AtomicInteger();

  ExchangeOverload(
      StoredPats pats,
      VerifiedSecrets secrets,
      AuthExchangeConfig config,
      @MainEventLoopGroup EventLoopGroup loops) {
    this.pats = pats;
    this.secrets = secrets;
    this.most =
        Math.max(config.database().waiting(), count(loops) * STATEMENTS * StoredPats.MOST_LOOKUPS);
  }

  private static int count(EventLoopGroup loops) {
    return (int) StreamSupport.stream(loops.spliterator(), false).count();
  }

  /** How many exchanges may be in work. */
  int most() {
    return most;
  }

  @Override
  public boolean limits(String target) {
    return target.equals(ExchangeResource.PATH);
  }

  @Override
  public boolean isFull() {
    return inWork.get() - secrets.waiting() >= most || pats.isOverloaded();
  }

  @Override
  public void began() {
    inWork.incrementAndGet();
  }

  @Override
  public void ended() {
    inWork.decrementAndGet();
  }
}
