package dev.osmo.http.limits;

import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;

/** A correction of the wall clock refills no budget and delays no refill. */
@DefaultBean
@Singleton
class ElapsedTime implements RefillTime {

  @Override
  public long currentTimeNanos() {
    return System.nanoTime();
  }
}
