package dev.osmo.http.problem;

/** A problem with the same explanation in every occurrence. */
public interface DetailedProblem extends ProblemType {

  /** The explanation for the caller: what happened and what to do next. */
  String detail();
}
