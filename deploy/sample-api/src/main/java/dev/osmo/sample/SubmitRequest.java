package dev.osmo.sample;

import org.jspecify.annotations.Nullable;

/**
 * The body of a submission. Existing clients send further members, which this API ignores.
 *
 * @param file the workflow as YAML
 */
record SubmitRequest(@Nullable String file) {
  static @Nullable String fileOf(@Nullable SubmitRequest request) {
    if (request == null) {
      throw new ProblemException(
          ProblemType.BAD_REQUEST, "The body must be a JSON object with a text 'file'.");
    }
    return request.file;
  }
}
