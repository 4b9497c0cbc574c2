package dev.osmo.token.problem;

import io.smallrye.mutiny.Uni;

/**
 * A reasoned no, decided as a value.
 *
 * @param detail a sentence for the caller that names the field, the limit and the fix; never a
 *     secret
 */
public record Refusal(ProblemType type, String detail) {

  /** Leaves a pipeline, and the transaction around it, which then rolls back. */
  public RefusedException toException() {
    return new RefusedException(this);
  }

  public <T> Uni<T> toFailure() {
    return Uni.createFrom().failure(this::toException);
  }
}
