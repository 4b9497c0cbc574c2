package dev.osmo.sample;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Set;

/**
 * The query parameters of a submission.
 *
 * @param dryRun only renders; a client that asks for both gets this
 * @param validationOnly checks, and stores nothing
 * @param environment {@code NAME=VALUE}; kept, and never used, because workflows never run here
 */
record SubmitParameters(
    boolean dryRun,
    boolean validationOnly,
    String priority,
    List<String> labels,
    List<String> environment) {
  static final Set<String> PRIORITIES = Set.of("HIGH", "NORMAL", "LOW");
  private static final Set<String> KNOWN =
      Set.of("dry_run", "validation_only", "priority", "label", "env_vars");
  private static final Set<String> LISTS = Set.of("label", "env_vars");

  static SubmitParameters read(MultivaluedMap<String, String> parameters) {
    if (parameters.containsKey("workflow_id")) {
      throw new ProblemException(
          ProblemType.INVALID_WORKFLOW,
          "This API does not submit a stored workflow again: send its file.");
    }
    Query query = new Query(parameters);
    query.requireKnown(KNOWN, LISTS);
    List<String> environment = query.values("env_vars");
    if (!environment.stream().allMatch(variable -> variable.matches("(?s)[^=]+=.*"))) {
      throw new ProblemException(
          ProblemType.INVALID_WORKFLOW, "An environment variable must be NAME=VALUE.");
    }
    return new SubmitParameters(
        query.bool("dry_run"),
        query.bool("validation_only"),
        priority(query.first("priority", "NORMAL")),
        query.values("label"),
        environment);
  }

  static String priority(String text) {
    if (!PRIORITIES.contains(text)) {
      throw new ProblemException(ProblemType.BAD_REQUEST, "priority must be HIGH, NORMAL or LOW.");
    }
    return text;
  }
}
