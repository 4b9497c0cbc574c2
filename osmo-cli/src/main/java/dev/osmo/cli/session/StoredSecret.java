package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.keyring.CredentialHelper;
import dev.osmo.pat.PatText;
import java.util.Optional;

/** The token of a context: in the credential file, or with a credential helper. */
sealed interface StoredToken {

  /**
   * Reads the token; calls the credential helper each time.
   *
   * @throws Failure if the helper does not return it
   */
  PatText pat();

  /** Stores another token in the same place. */
  StoredToken replacedBy(PatText newer);

  /** Deletes the token from a credential helper. */
  void erase();

  /** Empty if the credential file has the token. */
  Optional<String> helperName();

  /** Adds the token, or how to get it, to a context of the credential file. */
  void into(ObjectNode json);

  /**
   * Reads what {@link #into} wrote.
   *
   * @throws Failure for anything else
   */
  static StoredToken from(JsonNode json) {
    JsonNode helper = json.path("credential_helper");
    return helper.isTextual()
        ? new WithHelper(
            new CredentialHelper(helper.textValue()), json.path("credential_key").asText())
        : new InFile(TokenSyntax.require(json.path("token").asText()));
  }

  record InFile(PatText pat) implements StoredToken {
    @Override
    public StoredToken replacedBy(PatText newer) {
      return new InFile(newer);
    }

    @Override
    public void erase() {
      // It is deleted from the file.
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

  /** A workload has no token of its own. It is never saved. */
  record None() implements StoredToken {
    @Override
    public PatText pat() {
      throw new IllegalStateException("a workload has no access token");
    }

    @Override
    public StoredToken replacedBy(PatText newer) {
      throw new IllegalStateException("a workload has no access token");
    }

    @Override
    public void erase() {
      // Nothing is stored.
    }

    @Override
    public Optional<String> helperName() {
      return Optional.empty();
    }

    @Override
    public void into(ObjectNode json) {
      throw new IllegalStateException("a workload is not saved");
    }
  }

  record WithHelper(CredentialHelper helper, String key) implements StoredToken {
    private static final String USER = "osmo";

    /** Stores the token with the helper. */
    static StoredToken storing(CredentialHelper helper, String key, PatText pat) {
      return new WithHelper(helper, key).replacedBy(pat);
    }

    @Override
    public PatText pat() {
      return TokenSyntax.require(helper.get(key).strip());
    }

    @Override
    public StoredToken replacedBy(PatText newer) {
      helper.store(key, USER, newer.text());
      return this;
    }

    @Override
    public void erase() {
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
