package dev.osmo.http.problem;

/** A problem whose every occurrence has the same explanation. */
public interface DetailedProblem extends ProblemType {

  /** A sentence for the caller that says what happened and what to do next. */
  String detail();
}
