package dev.osmo.exchange.lastuse;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Records a use of a secret other than an exchange. */
@ApplicationScoped
public class Uses {

  private final FirstUse firstUse;
  private final LastUse lastUse;

  Uses(FirstUse firstUse, LastUse lastUse) {
    this.firstUse = firstUse;
    this.lastUse = lastUse;
  }

  /** Completes when a first use is in the database; later uses are written in batches. */
  public Uni<Void> record(UUID secretId, boolean first, Instant at) {
    lastUse.note(secretId, at);
    return first ? firstUse.write(secretId, at) : Uni.createFrom().voidItem();
  }
}
