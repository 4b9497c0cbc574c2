package dev.osmo.token.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with a JSON body, without repeating any of its values. */
final class UnreadableBody {

  private UnreadableBody() {}

  static Refusal refusal(JsonProcessingException e) {
    return e.getCause() instanceof RefusedException value
        ? value.refusal()
        : new Refusal(ProblemType.MALFORMED_REQUEST, sentence(e));
  }

  /** A short plain word only: somebody may have put a token where a name belongs. */
  private static String named(String field) {
    return field.matches("[A-Za-z][A-Za-z0-9_-]{0,31}") ? "a field " + field : "a field";
  }

  private static String sentence(JsonProcessingException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          "The body has "
              + named(unknown.getPropertyName())
              + " that is not known here; known are: "
              + unknown.getKnownPropertyIds()
              + ".";
      case MismatchedInputException mismatch when !mismatch.getPath().isEmpty() ->
          "The body's field "
              + mismatch.getPath().getFirst().getFieldName()
              + " has the wrong kind of value.";
      default -> "The body is not the JSON object that is expected here.";
    };
  }
}
