package dev.osmo.http.problem;

import io.smallrye.mutiny.Uni;

/**
 * A refused request, decided as a value.
 *
 * @param detail a sentence for the caller that names the field, the limit and the fix; never a
 *     secret
 */
public record Refusal(ProblemType type, String detail) {

  /** The refusal with the explanation that all occurrences of this problem share. */
  public static Refusal of(DetailedProblem problem) {
    return new Refusal(problem, problem.detail());
  }

  /** As an exception, which stops the pipeline and rolls back an enclosing transaction. */
  public RefusedException toException() {
    return new RefusedException(this);
  }

  public <T> Uni<T> toFailure() {
    return Uni.createFrom().failure(this::toException);
  }
}
