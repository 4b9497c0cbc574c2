package dev.osmo.token.pat.create;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.osmo.pat.PatId;
import dev.osmo.pat.PatText;
import dev.osmo.token.pat.create.NewToken.WithSecret;
import dev.osmo.token.pat.create.NewToken.WithTrust;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The response to a creation: the text of the token, which no later response contains. A token that
 * trusts a workload has no text, so the response is its id.
 */
@Schema(
    type = SchemaType.STRING,
    description = "The text of the token or, if it trusts a workload and has no text, its id.")
public record CreatedToken(PatId id, Optional<PatText> text) {

  static CreatedToken of(NewToken token) {
    return switch (token) {
      case WithSecret(var minted) -> new CreatedToken(minted.id(), Optional.of(minted.text()));
      case WithTrust(var id, var trust) -> new CreatedToken(id, Optional.empty());
    };
  }

  @JsonValue
  Object json() {
    return text.isPresent() ? text.get() : id;
  }

  @Override
  public String toString() {
    return "created " + id;
  }
}
