package dev.osmo.exchange.start;

import dev.osmo.exchange.lastuse.LastUse;
import dev.osmo.exchange.prune.RemovalListener;
import jakarta.inject.Singleton;

/** What goes on beside the requests. */
@Singleton
class Background {

  private final RemovalListener removalListener;
  private final LastUse lastUse;

  Background(RemovalListener removalListener, LastUse lastUse) {
    this.removalListener = removalListener;
    this.lastUse = lastUse;
  }

  void start() {
    removalListener.start();
    lastUse.start();
  }
}
