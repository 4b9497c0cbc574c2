package dev.osmo.token.testing;

import java.security.Key;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** A JWT as the exchange issues it. A test can change every part of it. */
public final class Jwt {

  private final Map<String, Object> headers = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();
  private Key key;

  private Jwt() {}

  public static Jwt of(String userId, String patId, Collection<String> roles) {
    SigningKey signing = Stage.current().exchange().key();
    Jwt jwt = new Jwt();
    jwt.key = signing.jwk().getPrivateKey();
    jwt.header("typ", "at+jwt")
        .header("kid", signing.jwk().getKeyId())
        .header("alg", AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    long now = Instant.now().getEpochSecond();
    jwt.claim("iss", Exchange.ISSUER).claim("aud", Exchange.AUDIENCE).claim("sub", userId);
    jwt.claim("iat", now)
        .claim("nbf", now)
        .claim("exp", now + 300)
        .claim("jti", UUID.randomUUID().toString());
    jwt.claim("roles", List.copyOf(new TreeSet<>(roles)))
        .claim("unique_name", userId)
        .claim("name", userId);
    jwt.claim("pat_id", patId).claim("client_id", patId);
    return jwt;
  }

  /** A JWT of a session, which names no access token. */
  public static Jwt ofSession(String userId, UUID session, Collection<String> roles) {
    return of(userId, "", roles)
        .without("pat_id")
        .claim("client_id", "osmo-cli")
        .claim("sid", session.toString());
  }

  /** An ID token of a provider, for one of its clients. */
  public static Jwt idToken(SigningKey signing, String issuer, String client, String subject) {
    Jwt jwt = new Jwt();
    jwt.key = signing.jwk().getPrivateKey();
    long now = Instant.now().getEpochSecond();
    return jwt.header("typ", "JWT")
        .header("kid", signing.jwk().getKeyId())
        .header("alg", AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
        .claim("iss", issuer)
        .claim("aud", client)
        .claim("sub", subject)
        .claim("iat", now)
        .claim("exp", now + 300);
  }

  public Jwt claim(String name, Object value) {
    claims.put(name, value);
    return this;
  }

  public Jwt without(String claim) {
    claims.remove(claim);
    return this;
  }

  public Jwt header(String name, Object value) {
    headers.put(name, value);
    return this;
  }

  public Jwt withoutHeader(String name) {
    headers.remove(name);
    return this;
  }

  public Jwt signedBy(Key other) {
    key = other;
    return this;
  }

  public Jwt with(Consumer<Jwt> change) {
    change.accept(this);
    return this;
  }

  public String jti() {
    return claims.get("jti").toString();
  }

  public String text() {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setDoKeyValidation(false);
    jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    headers.forEach(jws::setHeader);
    jws.setPayload(JsonUtil.toJson(claims));
    jws.setKey(key);
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
