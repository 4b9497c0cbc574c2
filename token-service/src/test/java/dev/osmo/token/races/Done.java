package dev.osmo.token.races;

/**
 * A step that was answered. Both times are of the same clock: before sending and after the answer.
 *
 * @param request the request id in the audit row
 */
record Done(Step step, String request, long sent, long answered, int status) {

  boolean succeeded() {
    return status == 200;
  }

  boolean isBefore(Done other) {
    return answered < other.sent;
  }

  boolean overlapsOrFollows(Done other) {
    return answered > other.sent;
  }
}
