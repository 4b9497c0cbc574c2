package dev.osmo.exchange.jwt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.osmo.exchange.jwt.JwtOrigin.OfPat;
import dev.osmo.exchange.jwt.JwtOrigin.OfSession;
import dev.osmo.exchange.jwt.keys.SigningKeys;
import dev.osmo.exchange.jwt.material.SigningKey;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Composes and signs JWTs. Header and claims: {@code src-docs/contracts/jwt.json}. {@code
 * JwtSignerTest} compares each JWT with that of SmallRye JWT's builder for the same facts.
 */
@Singleton
public class JwtSigner {

  /** RFC 9068, section 2.1. */
  static final String TYPE = "at+jwt";

  private static final JsonFactory JSON = new JsonFactory();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final int INITIAL_BYTES = 1024;

  private final SigningKeys keys;
  private final String issuer;
  private final String audience;
  private final int maxBytes;
  private final Duration ttl;

  JwtSigner(SigningKeys keys, AuthExchangeConfig config) {
    this.keys = keys;
    this.issuer = config.issuer();
    this.audience = config.audience();
    this.maxBytes = config.jwt().maxBytes();
    this.ttl = config.jwt().ttl();
  }

  /** The longest lifetime of a JWT. */
  public Duration ttl() {
    return ttl;
  }

  /** The signed JWT; empty when it would be longer than {@code auth-exchange.jwt.max-bytes}. */
  public Optional<SignedJwt> sign(JwtSubject subject) {
    String jti = UUID.randomUUID().toString();
    SigningKey key = keys.signing();
    String input =
        BASE64.encodeToString(header(key)) + '.' + BASE64.encodeToString(claims(subject, jti));
    String text = input + '.' + BASE64.encodeToString(Es256.sign(input, key));
    return text.length() > maxBytes
        ? Optional.empty()
        : Optional.of(new SignedJwt(text, jti, key.id().value(), subject.expiresAt()));
  }

  private static byte[] header(SigningKey key) {
    return json(
        header -> {
          header.writeStringField("alg", "ES256");
          header.writeStringField("kid", key.id().value());
          header.writeStringField("typ", TYPE);
        });
  }

  private byte[] claims(JwtSubject subject, String jti) {
    long issuedAt = subject.issuedAt().getEpochSecond();
    return json(
        claims -> {
          claims.writeStringField("iss", issuer);
          claims.writeStringField("aud", Objects.requireNonNullElse(subject.audience(), audience));
          claims.writeStringField("sub", subject.userId());
          claims.writeNumberField("iat", issuedAt);
          claims.writeNumberField("nbf", issuedAt);
          claims.writeNumberField("exp", subject.expiresAt().getEpochSecond());
          claims.writeStringField("jti", jti);
          claims.writeFieldName("roles");
          claims.writeArray(subject.roles().toArray(String[]::new), 0, subject.roles().size());
          claims.writeStringField("unique_name", subject.userId());
          switch (subject.origin()) {
            case OfPat pat -> write(pat, subject.userId(), claims);
            case OfSession session -> write(session, subject.userId(), claims);
          }
        });
  }

  private static void write(OfPat pat, String userId, JsonGenerator claims) throws IOException {
    claims.writeStringField("name", userId);
    claims.writeStringField("osmo_token_name", pat.tokenName());
    claims.writeStringField("pat_id", pat.patId());
    claims.writeStringField("osmo_secret_id", pat.secretId().toString());
    claims.writeStringField("client_id", pat.patId());
  }

  private static void write(OfSession session, String userId, JsonGenerator claims)
      throws IOException {
    claims.writeStringField("name", Objects.requireNonNullElse(session.displayName(), userId));
    claims.writeStringField("sid", session.sessionId().toString());
    claims.writeStringField("client_id", session.clientId());
  }

  @FunctionalInterface
  private interface Members {
    void write(JsonGenerator object) throws IOException;
  }

  private static byte[] json(Members members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(INITIAL_BYTES);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }
}
