package dev.osmo.cli.session.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.keyring.CredentialHelper;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.session.token.Pat;
import java.util.Optional;

/** Where the token of a saved login is: in the credential file, or with a credential helper. */
sealed interface KeptToken {

  /**
   * The token itself; a helper is asked each time.
   *
   * @throws Failure when the helper does not tell it
   */
  Pat pat();

  /** Another token in the same place. */
  KeptToken replacedBy(Pat newer);

  /** Takes the token away from wherever it is besides the credential file. */
  void forget();

  /** Empty when no credential helper has it. */
  Optional<String> helperName();

  /** Adds what the credential file says about the token. */
  void into(ObjectNode json);

  /**
   * What {@link #into} wrote.
   *
   * @throws Failure for anything else
   */
  static KeptToken from(JsonNode json) {
    JsonNode helper = json.path("credential_helper");
    return helper.isTextual()
        ? new WithHelper(
            new CredentialHelper(helper.textValue()), json.path("credential_key").asText())
        : new InFile(new Pat(json.path("token").asText()));
  }

  record InFile(Pat pat) implements KeptToken {
    @Override
    public KeptToken replacedBy(Pat newer) {
      return new InFile(newer);
    }

    @Override
    public void forget() {
      // It goes with the file.
    }

    @Override
    public Optional<String> helperName() {
      return Optional.empty();
    }

    @Override
    public void into(ObjectNode json) {
      json.put("token", pat.text());
    }
  }

  record WithHelper(CredentialHelper helper, String key) implements KeptToken {
    private static final String USER = "osmo";

    /** Hands the token over and keeps none. */
    static KeptToken storing(CredentialHelper helper, String key, Pat pat) {
      return new WithHelper(helper, key).replacedBy(pat);
    }

    @Override
    public Pat pat() {
      return new Pat(helper.get(key).strip());
    }

    @Override
    public KeptToken replacedBy(Pat newer) {
      helper.store(key, USER, newer.text());
      return this;
    }

    @Override
    public void forget() {
      helper.erase(key);
    }

    @Override
    public Optional<String> helperName() {
      return Optional.of(helper.name());
    }

    @Override
    public void into(ObjectNode json) {
      json.put("credential_helper", helper.name()).put("credential_key", key);
    }
  }
}
