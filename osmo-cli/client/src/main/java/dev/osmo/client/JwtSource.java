package dev.osmo.client;

import dev.osmo.client.ExchangeException.Kind;
import dev.osmo.client.wire.LimitedCall;
import dev.osmo.client.wire.Origin;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The JWT of a program, exchanged when one is needed. Create one for each credential and share it
 * between threads. Guarantees:
 *
 * <ol>
 *   <li>A JWT that {@link #current} returns had not expired when it was returned.
 *   <li>However many threads need a new JWT, one of them exchanges the credential. The others use
 *       its JWT, or its failure for a second, or for as long as the server asks to wait.
 *   <li>While a renewal fails because the server is unavailable, the old JWT is used until it
 *       expires, even if a server refused it. If osmo refuses the credential, the old JWT is
 *       dropped.
 *   <li>A JWT is sent only to the addresses of {@link #isFor}.
 * </ol>
 *
 * <p>Nothing is renewed in the background: a program that does nothing sends nothing.
 */
public final class JwtSource {
  private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration REST_AFTER_REPLACEMENT = Duration.ofSeconds(5);
  private static final int LARGEST_RESPONSE = 64 * 1024;

  private final Exchange exchange;
  private final Set<Origin> receivers;
  private final LimitedCall calls;
  private final Clock clock;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile State state = new State(null, Pause.none(), false, null, Pause.none());
  private volatile Pause replacement = Pause.none();

  /**
   * A JWT ages on two clocks, and the one that says more counts: setting the time of the machine
   * moves one, and the other may stand still while the machine sleeps.
   *
   * @param jwt null: there is none
   * @param life of the JWT
   * @param refused by a server, so it should be replaced
   * @param failure of the last attempt; null if it succeeded
   * @param rest before the next attempt after a failure
   */
  private record State(
      @Nullable Jwt jwt,
      Pause life,
      boolean refused,
      @Nullable ExchangeException failure,
      Pause rest) {

    static State of(Jwt issued) {
      return new State(issued, Pause.of(issued.lifetime().length()), false, null, Pause.none());
    }

    State withRefusal() {
      return new State(jwt, life, true, failure, rest);
    }

    State after(ExchangeException failed) {
      return new State(
          failed.kind() == Kind.UNAVAILABLE ? jwt : null,
          life,
          refused,
          failed,
          Pause.of(failed.retryAfter().orElse(REST_AFTER_FAILURE)));
    }

    @Nullable Jwt fresh(Instant now) {
      Jwt old = refused ? null : unexpired(now);
      return old != null && old.lifetime().isFresh(now) ? old : null;
    }

    @Nullable Jwt unexpired(Instant now) {
      return jwt != null && !life.isOver() && now.isBefore(jwt.lifetime().expiresAt()) ? jwt : null;
    }
  }

  private JwtSource(Exchange exchange, Set<Origin> receivers, LimitedCall calls, Clock clock) {
    this.exchange = exchange;
    this.receivers = receivers;
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * Starts the description of a source.
   *
   * @param osmo the address of the osmo installation, for example {@code https://osmo.example.com}
   */
  public static Builder at(URI osmo, Credential credential) {
    return new Builder(osmo, credential);
  }

  /**
   * A JWT that has not expired. Exchanges the credential if there is none; blocks meanwhile.
   *
   * @throws ExchangeException if there is none
   */
  public Jwt current() throws ExchangeException, InterruptedException {
    Instant now = clock.instant();
    State seen = state;
    Jwt fresh = seen.fresh(now);
    if (fresh != null) {
      return fresh;
    }
    Jwt old = seen.unexpired(now);
    if (old != null && !turn.tryLock()) {
      return old;
    }
    if (old == null) {
      turn.lockInterruptibly();
    }
    try {
      return renewed();
    } finally {
      turn.unlock();
    }
  }

  /**
   * The JWT to send after a server refused one, or empty if another JWT would not help: the last
   * replacement was less than five seconds ago. Otherwise a server that refuses every JWT would
   * cause an exchange for each request.
   *
   * @param refused the JWT that was sent
   * @throws ExchangeException if the credential cannot be exchanged. If the exchange is
   *     unavailable, {@link #current} still returns the old JWT
   */
  public Optional<Jwt> replacing(Jwt refused) throws ExchangeException, InterruptedException {
    turn.lockInterruptibly();
    try {
      Jwt newest = state.unexpired(clock.instant());
      if (newest != null && !newest.equals(refused)) {
        return Optional.of(newest);
      }
      if (!mayReplace()) {
        return Optional.empty();
      }
      beginReplacement();
      return Optional.of(exchanged());
    } finally {
      turn.unlock();
    }
  }

  /**
   * Marks a JWT that a server refused, so that the next request has another one, unless the
   * exchange is unavailable. Does nothing if the last one was replaced less than five seconds ago.
   */
  public void refused(Jwt jwt) {
    turn.lock();
    try {
      if (mayReplace() && jwt.equals(state.jwt())) {
        beginReplacement();
      }
    } finally {
      turn.unlock();
    }
  }

  private void beginReplacement() {
    replacement = Pause.of(REST_AFTER_REPLACEMENT);
    state = state.withRefusal();
  }

  boolean mayReplace() {
    return replacement.isOver();
  }

  /** Whether the JWT may be sent to this address. */
  public boolean isFor(URI address) {
    try {
      return receivers.contains(Origin.of(address));
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }

  /**
   * Checks the address of a request before the JWT is sent.
   *
   * @throws IllegalArgumentException unless {@link #isFor} is true
   */
  public void requireFor(URI address) {
    if (!isFor(address)) {
      throw new IllegalArgumentException(
          "The JWT is not for this address. It is sent only to "
              + receivers
              + "; name others with JwtSource.Builder.sentTo.");
    }
  }

  LimitedCall calls() {
    return calls;
  }

  /** With the lock held. */
  private Jwt renewed() throws ExchangeException, InterruptedException {
    Jwt fresh = state.fresh(clock.instant());
    if (fresh != null) {
      return fresh;
    }
    try {
      return exchanged();
    } catch (ExchangeException failure) {
      Jwt old = state.unexpired(clock.instant());
      if (old == null) {
        throw failure;
      }
      return old;
    }
  }

  /** With the lock held. Sends nothing until the rest after a failure is over. */
  private Jwt exchanged() throws ExchangeException, InterruptedException {
    State seen = state;
    if (seen.failure() != null && !seen.rest().isOver()) {
      throw seen.failure().again();
    }
    try {
      Jwt issued = exchange.jwt(clock);
      state = State.of(issued);
      return issued;
    } catch (ExchangeException failure) {
      state = seen.after(failure);
      throw failure;
    }
  }

  @Override
  public String toString() {
    return "JwtSource[" + exchange + "]";
  }

  /** Describes a source. Each method returns this builder. */
  public static final class Builder {
    private final URI osmo;
    private final Credential credential;
    private final Set<URI> others = new LinkedHashSet<>();
    private Optional<String> audience = Optional.empty();
    private List<String> roles = List.of();
    private Duration timeout = Duration.ofSeconds(10);
    private boolean unencrypted;
    private Clock clock = Clock.systemUTC();
    private @Nullable HttpClient client;

    private Builder(URI osmo, Credential credential) {
      this.osmo = osmo;
      this.credential = credential;
    }

    /**
     * Requests JWTs for a server that is not osmo. They are not sent to osmo unless {@link #sentTo}
     * names it.
     */
    public Builder audience(String name) {
      audience = Optional.of(name);
      return this;
    }

    /** Requests JWTs with these roles only. */
    public Builder roles(String... names) {
      roles = List.of(names);
      return this;
    }

    /**
     * Adds servers that get the JWT, by scheme, host and port. Without an audience, osmo is one of
     * them, and others must belong to the same installation: who has such a JWT can act as the user
     * at osmo.
     */
    public Builder sentTo(URI... servers) {
      others.addAll(Arrays.asList(servers));
      return this;
    }

    /** How long an exchange may take. The default is 10 seconds. */
    public Builder timeout(Duration limit) {
      timeout = limit;
      return this;
    }

    /**
     * Allows addresses that start with {@code http://} on other machines. Everybody in between can
     * read the token.
     */
    public Builder allowUnencrypted() {
      unencrypted = true;
      return this;
    }

    /** Sends all requests with this client, for its proxy or its certificates. */
    public Builder httpClient(HttpClient other) {
      client = other;
      return this;
    }

    /** The clock of this machine, which shows that a JWT expired while the machine slept. */
    public Builder clock(Clock other) {
      clock = other;
      return this;
    }

    /**
     * The source. Sends nothing yet.
     *
     * @throws IllegalArgumentException if an address is not https and not of this machine, if an
     *     address has a path, or if the HTTP client follows redirects
     */
    public JwtSource build() {
      Set<Origin> receivers = new LinkedHashSet<>();
      Origin server = checked(osmo);
      if (audience.isEmpty()) {
        receivers.add(server);
      }
      others.forEach(address -> receivers.add(checked(address)));
      LimitedCall calls =
          new LimitedCall(
              client == null ? HttpClient.newBuilder().connectTimeout(timeout).build() : client,
              timeout,
              LARGEST_RESPONSE);
      return new JwtSource(
          new Exchange(osmo.resolve("/oauth2/token"), credential, audience, roles, calls),
          Set.copyOf(receivers),
          calls,
          clock);
    }

    private Origin checked(URI address) {
      Origin origin = Origin.of(address);
      if (!unencrypted) {
        origin.requirePrivate();
      }
      String path = String.valueOf(address.getRawPath());
      if ((!path.isEmpty() && !path.equals("/")) || address.getRawQuery() != null) {
        throw new IllegalArgumentException("expected " + origin + " without a path");
      }
      return origin;
    }
  }
}
