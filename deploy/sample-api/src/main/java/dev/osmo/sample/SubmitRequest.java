package dev.osmo.sample;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of a submission.
 *
 * @param file the workflow as YAML, perhaps a template
 * @param setVariables {@code NAME=VALUE}
 * @param setStringVariables {@code NAME=VALUE}
 * @param uploadedTemplatedSpec the template from which the client made the file
 */
record SubmitRequest(
    @Nullable String file,
    @Nullable List<String> setVariables,
    @Nullable List<String> setStringVariables,
    @Nullable String uploadedTemplatedSpec) {

  static SubmitRequest require(@Nullable SubmitRequest request) {
    if (request == null || hasNull(request.setVariables) || hasNull(request.setStringVariables)) {
      throw new ProblemException(
          ProblemType.BAD_REQUEST, "The body must be a JSON object with a text 'file'.");
    }
    return request;
  }

  String rendered() {
    return Template.render(
        file == null ? "" : file, orEmpty(setVariables), orEmpty(setStringVariables));
  }

  private static boolean hasNull(@Nullable List<String> list) {
    return list != null && list.stream().anyMatch(Objects::isNull);
  }

  private static List<String> orEmpty(@Nullable List<String> list) {
    return list == null ? List.of() : list;
  }
}
