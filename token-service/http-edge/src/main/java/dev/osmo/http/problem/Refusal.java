package dev.osmo.http.problem;

import dev.osmo.http.denial.Denial;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/**
 * A refused request, decided as a value.
 *
 * @param detail a sentence for the caller that names the field, the limit and the fix; never a
 *     secret
 * @param denial the explanation for the holder of the credential; null for everybody else
 */
public record Refusal(ProblemType type, String detail, @Nullable Denial denial) {

  public Refusal(ProblemType type, String detail) {
    this(type, detail, null);
  }

  /** The refusal with the explanation that all occurrences of this problem share. */
  public static Refusal of(DetailedProblem problem) {
    return new Refusal(problem, problem.detail());
  }

  Refusal with(@Nullable Denial explanation) {
    return new Refusal(type, detail, explanation);
  }

  /** As an exception, which stops the pipeline and rolls back an enclosing transaction. */
  public RefusedException toException() {
    return new RefusedException(this);
  }

  public <T> Uni<T> toFailure() {
    return Uni.createFrom().failure(this::toException);
  }
}
