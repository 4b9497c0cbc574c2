package dev.osmo.token.connection;

import dev.osmo.postgres.CommitLease;
import dev.osmo.postgres.PrimaryAddress;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The lease of this replica. It is not held before the start asks for it. */
@ApplicationScoped
class CommitLeaseProducer {

  @Produces
  @Singleton
  CommitLease commitLease(Vertx vertx, PrimaryAddress primary, TokenServiceSettings settings) {
    return new CommitLease(
        vertx, primary::find, settings.database().commitLease(), settings.database().epoch());
  }

  void stop(@Observes ShutdownEvent event, CommitLease lease) {
    lease.stop();
  }
}
