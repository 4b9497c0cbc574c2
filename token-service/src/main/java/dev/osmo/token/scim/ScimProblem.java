package dev.osmo.token.scim;

import dev.osmo.http.problem.ProblemType;
import dev.osmo.http.problem.Refusal;
import java.util.Optional;

/** The errors of RFC 7644, section 3.12, beside those of every HTTP service. */
enum ScimProblem implements ProblemType {
  INVALID_FILTER(400, "invalidFilter"),
  TOO_MANY(400, "tooMany"),
  INVALID_SYNTAX(400, "invalidSyntax"),
  INVALID_PATH(400, "invalidPath"),
  INVALID_VALUE(400, "invalidValue"),
  MUTABILITY(400, "mutability"),
  NOT_ALLOWED(403, ""),
  NOT_IMPLEMENTED(501, "");

  private final int status;
  private final String scimType;

  ScimProblem(int status, String scimType) {
    this.status = status;
    this.scimType = scimType;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return typeName();
  }

  @Override
  public Optional<String> help() {
    return Optional.empty();
  }

  /** Empty if the RFC has none for this error. */
  String scimType() {
    return scimType;
  }

  Refusal because(String detail) {
    return new Refusal(this, detail);
  }
}
