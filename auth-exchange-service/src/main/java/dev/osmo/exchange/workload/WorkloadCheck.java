package dev.osmo.exchange.workload;

/** The result of verifying a text as the token of a workload. Its times are not judged yet. */
public sealed interface WorkloadCheck {

  record Verified(WorkloadIdentity identity) implements WorkloadCheck {}

  /** Malformed, of an unknown issuer, or not signed by a key of its issuer. */
  record NotVerified() implements WorkloadCheck {}

  /** The keys of its issuer cannot be read. */
  record KeysUnavailable() implements WorkloadCheck {}

  /** Too many tokens wait for verification. */
  record Busy() implements WorkloadCheck {}
}
