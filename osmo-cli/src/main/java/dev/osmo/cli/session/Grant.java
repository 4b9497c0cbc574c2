package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Failure;
import dev.osmo.pat.PatText;
import java.time.Instant;
import java.util.Optional;

/** What a context exchanges for JWTs. */
sealed interface Grant {

  /** Empty for a workload, which has no secret of its own. */
  Optional<StoredSecret> secret();

  /** A person's sign-in through an identity provider; empty for the others. */
  default Optional<ProviderSignIn> signIn() {
    return Optional.empty();
  }

  /** Adds this grant to a context of the credential file. */
  void into(ObjectNode json);

  /**
   * Reads what {@link #into} wrote.
   *
   * @throws Failure or DateTimeException for anything else
   */
  static Grant from(JsonNode json) {
    JsonNode provider = json.path("provider");
    if (!provider.isTextual()) {
      Pat pat = new Pat(StoredSecret.from(json, Pat.FIELD));
      pat.requireSyntax();
      return pat;
    }
    return new SignedIn(
        StoredSecret.from(json, SignedIn.FIELD),
        new ProviderSignIn(
            provider.textValue(),
            json.path("client_id").asText(),
            Instant.parse(json.path("signed_in_at").asText())),
        Optional.ofNullable(json.get(SignedIn.ENDED)).map(JsonNode::asText));
  }

  /** An access token. */
  record Pat(StoredSecret stored) implements Grant {
    private static final String FIELD = "token";

    Pat(PatText pat) {
      this(new StoredSecret.InFile(new SecretText(pat.text())));
    }

    /** Reads the token from where it is stored. */
    PatText read() {
      return TokenSyntax.require(stored.read().text());
    }

    /** With another token, stored in the same place. */
    Pat replacedBy(PatText newer) {
      return new Pat(stored.replacedBy(new SecretText(newer.text())));
    }

    /** Calls no credential helper. */
    private void requireSyntax() {
      if (stored instanceof StoredSecret.InFile) {
        read();
      }
    }

    @Override
    public Optional<StoredSecret> secret() {
      return Optional.of(stored);
    }

    @Override
    public void into(ObjectNode json) {
      stored.into(json, FIELD);
    }
  }

  /**
   * A session that a person started by signing in. Each use of the refresh token replaces it.
   *
   * @param ended why the server refused to renew it, which is final
   */
  record SignedIn(StoredSecret refreshToken, ProviderSignIn by, Optional<String> ended)
      implements Grant {
    private static final String FIELD = "refresh_token";
    private static final String ENDED = "ended";

    SignedIn(StoredSecret refreshToken, ProviderSignIn by) {
      this(refreshToken, by, Optional.empty());
    }

    SignedIn replacedBy(SecretText newer) {
      return new SignedIn(refreshToken.replacedBy(newer), by);
    }

    SignedIn endedBy(Failure refusal) {
      return new SignedIn(refreshToken, by, Optional.of(refusal.what()));
    }

    @Override
    public Optional<StoredSecret> secret() {
      return Optional.of(refreshToken);
    }

    @Override
    public Optional<ProviderSignIn> signIn() {
      return Optional.of(by);
    }

    @Override
    public void into(ObjectNode json) {
      refreshToken.into(json, FIELD);
      json.put("provider", by.provider())
          .put("client_id", by.clientId())
          .put("signed_in_at", by.at().toString());
      ended.ifPresent(why -> json.put(ENDED, why));
    }
  }

  /** A workload whose platform issues its tokens. */
  record Workload() implements Grant {
    @Override
    public Optional<StoredSecret> secret() {
      return Optional.empty();
    }

    @Override
    public void into(ObjectNode json) {
      throw new IllegalStateException("a workload is not saved");
    }
  }
}
