package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.keyring.CredentialHelper;
import java.util.Optional;

/** The secret of a context: in the credential file, or with a credential helper. */
sealed interface StoredSecret {

  /**
   * Reads the secret; calls the credential helper each time.
   *
   * @throws Failure if the helper does not return it
   */
  SecretText read();

  /** Stores another secret in the same place. */
  StoredSecret replacedBy(SecretText newer);

  /** Deletes the secret from a credential helper. */
  void erase();

  /** Empty if the credential file has the secret. */
  Optional<String> helperName();

  /**
   * Adds the secret, or how to get it, to a context of the credential file.
   *
   * @param field for the secret itself
   */
  void into(ObjectNode json, String field);

  /** Reads what {@link #into} wrote. */
  static StoredSecret from(JsonNode json, String field) {
    JsonNode helper = json.path("credential_helper");
    return helper.isTextual()
        ? new WithHelper(
            new CredentialHelper(helper.textValue()), json.path("credential_key").asText())
        : new InFile(new SecretText(json.path(field).asText()));
  }

  record InFile(SecretText secret) implements StoredSecret {
    @Override
    public SecretText read() {
      return secret;
    }

    @Override
    public StoredSecret replacedBy(SecretText newer) {
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
    public void into(ObjectNode json, String field) {
      json.put(field, secret.text());
    }
  }

  record WithHelper(CredentialHelper helper, String key) implements StoredSecret {
    private static final String USER = "osmo";

    /** Stores the secret with the helper. */
    static StoredSecret storing(CredentialHelper helper, String key, SecretText secret) {
      return new WithHelper(helper, key).replacedBy(secret);
    }

    @Override
    public SecretText read() {
      return new SecretText(helper.get(key).strip());
    }

    @Override
    public StoredSecret replacedBy(SecretText newer) {
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
    public void into(ObjectNode json, String field) {
      json.put("credential_helper", helper.name()).put("credential_key", key);
    }
  }
}
