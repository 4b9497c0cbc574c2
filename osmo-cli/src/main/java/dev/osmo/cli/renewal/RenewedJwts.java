package dev.osmo.cli.renewal;

import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JWTs of a process, one for each set of rights. Some are kept valid all the time; others are
 * made when a program asks, at most {@link #MOST_OTHERS} at the same time, and forgotten when they
 * have expired.
 */
public final class RenewedJwts {
  static final int MOST_OTHERS = 64;

  private final Exchanges exchanges;
  private final Terminal terminal;
  private final Clock clock;
  private final Map<Downscope, RenewedJwt> kept = new LinkedHashMap<>();
  private final Map<Downscope, RenewedJwt> others = new LinkedHashMap<>();

  /**
   * JWTs that are exchanged from the first {@link #tick} on.
   *
   * @param kept the rights that are always needed, and the outputs of each
   * @param renewed runs after each renewal of one of these; must return quickly
   */
  public RenewedJwts(
      Exchanges exchanges,
      Terminal terminal,
      Clock clock,
      Map<Downscope, ? extends List<? extends JwtOutput>> kept,
      Runnable renewed) {
    this.exchanges = exchanges;
    this.terminal = terminal;
    this.clock = clock;
    kept.forEach(
        (rights, outputs) ->
            this.kept.put(
                rights, new RenewedJwt(exchanges, terminal, clock, rights, outputs, renewed)));
  }

  /**
   * Renews and expires what is due, without waiting for a server. To be called each second.
   *
   * @param changed whether there is another token
   */
  public void tick(boolean changed) {
    kept.values().forEach(jwt -> jwt.tick(changed));
    synchronized (others) {
      if (changed) {
        others.values().forEach(RenewedJwt::renewWhenNeeded);
      }
      others.values().removeIf(jwt -> jwt.hasStarted() && !jwt.isValid());
    }
  }

  /**
   * The JWT with these rights.
   *
   * @throws Failure if programs ask for too many different ones
   */
  public RenewedJwt of(Downscope rights) {
    RenewedJwt always = kept.get(rights);
    return always != null ? always : other(rights);
  }

  private RenewedJwt other(Downscope rights) {
    synchronized (others) {
      if (!others.containsKey(rights) && others.size() == MOST_OTHERS) {
        others.values().removeIf(jwt -> !jwt.isValid());
      }
      if (!others.containsKey(rights) && others.size() == MOST_OTHERS) {
        throw Failure.of(
            ExitCode.TRY_LATER,
            "There are JWTs for " + MOST_OTHERS + " combinations of audience and roles",
            "");
      }
      return others.computeIfAbsent(
          rights, each -> new RenewedJwt(exchanges, terminal, clock, each, List.of(), () -> {}));
    }
  }

  public List<RenewedJwt> kept() {
    return List.copyOf(kept.values());
  }

  /** Whether each has been valid at least once. */
  public boolean hasStarted() {
    return kept.values().stream().allMatch(RenewedJwt::hasStarted);
  }

  /** Whether each is valid, and the server has not refused to renew it. */
  public boolean isReady() {
    return kept.values().stream().allMatch(jwt -> jwt.isValid() && !jwt.isRefused());
  }

  /** Deletes what was written. */
  public void close() {
    kept.values().forEach(RenewedJwt::close);
  }
}
