package dev.osmo.cli.renewal;

import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.session.Credential;
import dev.osmo.cli.session.Jwt;
import dev.osmo.cli.session.Session;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Exchanges the token, one exchange after the other: a session is made for one thread. */
@Singleton
public class Exchanges {
  private final Session session;
  private final ReentrantLock turn = new ReentrantLock();

  Exchanges(Session session) {
    this.session = session;
  }

  /**
   * A JWT other than the given one. A JWT that the session still has from its last exchange is not
   * new.
   */
  Credential newerThan(Optional<Jwt> known, Downscope rights) {
    return oneByOne(
        () -> {
          Credential credential = session.credential(rights);
          return known.filter(credential.jwt()::equals).isPresent()
              ? session.renewedCredential(rights)
              : credential;
        });
  }

  /** Runs other work with the session, while nothing is exchanged. */
  public <T> T oneByOne(Supplier<T> work) {
    turn.lock();
    try {
      return work.get();
    } finally {
      turn.unlock();
    }
  }
}
