package dev.osmo.exchange.database;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.postgres.CommitLease;
import dev.osmo.postgres.PrimaryAddress;
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
  CommitLease commitLease(Vertx vertx, PrimaryAddress primary, AuthExchangeConfig config) {
    return new CommitLease(
        vertx, primary::find, config.database().commitLease(), config.database().epoch());
  }

  void stop(@Observes ShutdownEvent event, CommitLease lease) {
    lease.stop();
  }
}
