package dev.osmo.http.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import org.jspecify.annotations.Nullable;

/** Describes the error in a JSON body without repeating its values. */
final class UnreadableBody {

  private UnreadableBody() {}

  static Refusal refusal(JsonProcessingException e) {
    return e.getCause() instanceof RefusedException value
        ? value.refusal()
        : new Refusal(HttpProblem.MALFORMED_REQUEST, sentence(e));
  }

  /**
   * Repeats a field name only if it is a short plain word, because a client may send a token as the
   * name.
   */
  private static String named(String field) {
    return field.matches("[A-Za-z][A-Za-z0-9_-]{0,31}") ? "a field " + field : "a field";
  }

  private static String sentence(JsonProcessingException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          "The body has "
              + named(unknown.getPropertyName())
              + " that is not supported. Supported fields: "
              + unknown.getKnownPropertyIds()
              + ".";
      case MismatchedInputException mismatch when fieldOf(mismatch) != null ->
          "The body's field " + fieldOf(mismatch) + " has a value of the wrong type.";
      default -> "The body is not the expected JSON object.";
    };
  }

  private static @Nullable String fieldOf(MismatchedInputException e) {
    return e.getPath().isEmpty() ? null : e.getPath().getFirst().getFieldName();
  }
}
