package dev.osmo.exchange.signin;

import java.util.UUID;

/** What token-service decided about an ID token. */
sealed interface SessionAnswer {

  /** The person is verified, and the session can be used. */
  record Kept(UUID sessionId) implements SessionAnswer {}

  /** There is no session. */
  sealed interface NotKept extends SessionAnswer {}

  record InvalidIdToken() implements NotKept {}

  /**
   * The person may not sign in here.
   *
   * @param detail for the person
   */
  record RefusedPerson(String detail) implements NotKept {}

  record Ended() implements NotKept {}

  /** token-service has counted too much from the address of the person. */
  record TooMany(int retryAfterSeconds) implements NotKept {}

  /** token-service is away or too busy. */
  record Unavailable() implements NotKept {}
}
