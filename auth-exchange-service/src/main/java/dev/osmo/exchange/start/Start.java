package dev.osmo.exchange.start;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The order of the start. The HTTP port opens after the last step; any step may refuse. */
@Singleton
class Start {

  private final StartMode mode;
  private final Preconditions preconditions;
  private final Background background;

  Start(StartMode mode, Preconditions preconditions, Background background) {
    this.mode = mode;
    this.preconditions = preconditions;
    this.background = background;
  }

  void inOrder(@Observes StartupEvent event) {
    preconditions.checkDatabase();
    if (mode == StartMode.SERVICE) {
      preconditions.check();
      background.start();
    }
  }
}
