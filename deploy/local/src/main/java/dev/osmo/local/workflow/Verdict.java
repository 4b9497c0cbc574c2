package dev.osmo.local.workflow;

/** What a look at the {@code Authorization} header found. */
sealed interface Verdict {
  record Known(Caller caller) implements Verdict {}

  /** No JWT, or one that must not be believed. Deliberately without a reason. */
  record Unknown() implements Verdict {}

  /** The keys cannot be fetched, so nothing can be said of the JWT. */
  record NoKeys() implements Verdict {}
}
