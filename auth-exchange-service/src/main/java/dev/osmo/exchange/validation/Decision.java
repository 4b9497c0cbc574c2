package dev.osmo.exchange.validation;

import java.time.Instant;

/** What the policy says about a genuine token. */
sealed interface Decision {

  /** A JWT may be signed that ends no later than this, in whole seconds. */
  record Permitted(Instant until) implements Decision {}

  record Denied(Refusal refusal) implements Decision {}
}
