package dev.osmo.exchange.oauth;

import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.http.problem.RefusedException;
import java.util.regex.Pattern;

/**
 * The refusal of a form: names the parameter and the rule, and never a value, because values are
 * credentials. A name that the caller made up is shown only if it cannot be a credential.
 */
final class MalformedForm {

  private static final Pattern HARMLESS = Pattern.compile("[a-zA-Z_]{1,32}");

  private MalformedForm() {}

  static RefusedException missing(String parameter) {
    return because("The parameter " + parameter + " is required");
  }

  /**
   * @param rule continues a sentence that begins with the name of the parameter
   */
  static RefusedException violates(String parameter, String rule) {
    return because("The parameter " + parameter + " " + rule);
  }

  static RefusedException repeated(String parameter) {
    return because(
        HARMLESS.matcher(parameter).matches()
            ? "The parameter " + parameter + " occurs more than once"
            : "A parameter occurs more than once");
  }

  static RefusedException because(String sentence) {
    return new Refusal(ExchangeProblem.MALFORMED_FORM, sentence).toException();
  }
}
