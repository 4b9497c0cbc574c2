package dev.osmo.token.minting;

import dev.osmo.http.start.StartRefused;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.runtime.LaunchMode;

/** The cost of one Argon2id hash. Only tests may go below the minimum. */
record HashCost(int memoryKib, int iterations) {

  private static final int MIN_MEMORY_KIB = 19456;
  private static final int MIN_ITERATIONS = 2;

  static HashCost of(TokenServiceSettings.Argon2 settings, LaunchMode mode) {
    HashCost cost = new HashCost(settings.memoryKib(), settings.iterations());
    if (mode != LaunchMode.TEST && cost.isTooLow()) {
      throw new StartRefused(
          "Argon2 is set to "
              + cost.memoryKib
              + " KiB and "
              + cost.iterations
              + " iterations; at least "
              + MIN_MEMORY_KIB
              + " KiB and "
              + MIN_ITERATIONS
              + " iterations are needed.");
    }
    return cost;
  }

  private boolean isTooLow() {
    return memoryKib < MIN_MEMORY_KIB || iterations < MIN_ITERATIONS;
  }
}
