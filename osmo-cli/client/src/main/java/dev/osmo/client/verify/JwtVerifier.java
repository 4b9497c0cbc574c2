package dev.osmo.client.verify;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.osmo.client.JwtSource;
import dev.osmo.client.OsmoHttpClient;
import dev.osmo.client.verify.RefusedJwtException.Reason;
import dev.osmo.client.wire.LimitedCall;
import dev.osmo.client.wire.Origin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the JWTs that callers send to a server. Create one and share it between threads.
 * Guarantees:
 *
 * <ol>
 *   <li>A JWT that {@link #verify} returns was signed with ES256 by a key of the key set, is an
 *       access token ({@code typ} is {@code at+jwt}, RFC 9068), and has exactly this issuer, this
 *       audience, a subject, an id, and at least one role. It has not expired, or not for longer
 *       than {@link Builder#leeway}.
 *   <li>If that is unknown, for example because the keys cannot be fetched, the JWT is not
 *       returned.
 *   <li>Whatever callers send, the key set is fetched at most twice in five seconds.
 * </ol>
 */
public final class JwtVerifier {
  private static final int LARGEST_JWT = 16 * 1024;
  private static final int LARGEST_KEY_SET = 256 * 1024;
  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  private final String issuer;
  private final String audience;
  private final Duration leeway;
  private final Clock clock;
  private final JWKSource<SecurityContext> keys;
  private final @Nullable Introspection introspection;

  private JwtVerifier(
      Builder builder, JWKSource<SecurityContext> keys, @Nullable Introspection introspection) {
    this.issuer = builder.issuer;
    this.audience = builder.audience;
    this.leeway = builder.leeway;
    this.clock = builder.clock;
    this.keys = keys;
    this.introspection = introspection;
  }

  /**
   * Starts the description of a verifier.
   *
   * @param issuer the public address of the osmo installation, without a slash at the end
   * @param audience the audience of this server; {@code osmo} only for a server of the installation
   */
  public static Builder of(String issuer, String audience) {
    return new Builder(issuer, audience);
  }

  /**
   * Verifies a JWT.
   *
   * @param text what followed {@code Bearer} in the request
   * @throws RefusedJwtException if it must not be accepted
   * @throws IOException if nobody can know: the keys cannot be fetched, or introspection is not
   *     available. Answer 503
   */
  public VerifiedJwt verify(String text)
      throws RefusedJwtException, IOException, InterruptedException {
    SignedJWT jwt = parsed(text);
    requireSignature(jwt);
    VerifiedJwt verified = verified(jwt);
    return introspection == null ? verified : introspection.now(text, verified);
  }

  private static SignedJWT parsed(String text) throws RefusedJwtException {
    if (text.length() > LARGEST_JWT) {
      throw new RefusedJwtException(Reason.MALFORMED, "The JWT is too large");
    }
    SignedJWT jwt;
    try {
      jwt = SignedJWT.parse(text);
    } catch (ParseException malformed) {
      throw new RefusedJwtException(Reason.MALFORMED, "Not a signed JWT");
    }
    JWSHeader header = jwt.getHeader();
    if (!ACCESS_TOKEN.equals(header.getType())
        || !JWSAlgorithm.ES256.equals(header.getAlgorithm())) {
      throw new RefusedJwtException(Reason.WRONG_TYPE, "Not an access token signed with ES256");
    }
    if (header.getKeyID() == null) {
      throw new RefusedJwtException(Reason.UNKNOWN_KEY, "The JWT names no key");
    }
    return jwt;
  }

  private void requireSignature(SignedJWT jwt) throws RefusedJwtException, IOException {
    List<JWK> found = keysOf(jwt.getHeader());
    if (found.isEmpty()) {
      throw new RefusedJwtException(Reason.UNKNOWN_KEY, "No key of osmo has this id");
    }
    try {
      for (JWK key : found) {
        JWSVerifier verifier = new ECDSAVerifier((ECKey) key);
        if (jwt.verify(verifier)) {
          return;
        }
      }
    } catch (JOSEException unusable) {
      throw new RefusedJwtException(Reason.WRONG_SIGNATURE, "The signature cannot be checked");
    }
    throw new RefusedJwtException(Reason.WRONG_SIGNATURE, "The signature is wrong");
  }

  private List<JWK> keysOf(JWSHeader header) throws IOException {
    try {
      return keys.get(
          new JWKSelector(Objects.requireNonNull(JWKMatcher.forJWSHeader(header))), null);
    } catch (RateLimitReachedException limited) {
      if (KeySet.isKnown(keys)) {
        // The keys were fetched a moment ago, and this one was not among them.
        return List.of();
      }
      throw new IOException("The keys of osmo could not be fetched a moment ago", limited);
    } catch (KeySourceException unavailable) {
      throw new IOException(
          "The keys of osmo cannot be fetched: " + unavailable.getMessage(), unavailable);
    }
  }

  private VerifiedJwt verified(SignedJWT jwt) throws RefusedJwtException {
    JWTClaimsSet claims;
    List<String> roles;
    try {
      claims = Objects.requireNonNull(jwt.getJWTClaimsSet());
      roles = claims.getStringListClaim("roles");
    } catch (ParseException malformed) {
      throw wrongClaims("a claim has the wrong type");
    }
    if (!issuer.equals(claims.getIssuer())) {
      throw wrongClaims("the issuer is another one");
    }
    if (!claims.getAudience().contains(audience)) {
      throw new RefusedJwtException(Reason.WRONG_AUDIENCE, "The JWT is for another server");
    }
    String subject = claims.getSubject();
    if (subject == null || subject.isBlank()) {
      throw wrongClaims("it has no subject");
    }
    if (roles == null || roles.isEmpty() || roles.stream().anyMatch(each -> each == null)) {
      throw wrongClaims("it has no roles");
    }
    return new VerifiedJwt(
        subject,
        new LinkedHashSet<>(roles),
        requireValidNow(claims),
        requireId(claims),
        withoutNulls(claims));
  }

  private static String requireId(JWTClaimsSet claims) throws RefusedJwtException {
    String id = claims.getJWTID();
    if (id == null || id.isBlank()) {
      throw wrongClaims("it has no id");
    }
    return id;
  }

  /** When it expires. */
  private Instant requireValidNow(JWTClaimsSet claims) throws RefusedJwtException {
    if (claims.getExpirationTime() == null) {
      throw wrongClaims("it never expires");
    }
    Instant now = clock.instant();
    Instant end = claims.getExpirationTime().toInstant();
    if (!now.isBefore(end.plus(leeway))) {
      throw new RefusedJwtException(Reason.EXPIRED, "The JWT has expired");
    }
    if (claims.getNotBeforeTime() != null
        && now.plus(leeway).isBefore(claims.getNotBeforeTime().toInstant())) {
      throw new RefusedJwtException(Reason.EXPIRED, "The JWT is not valid yet");
    }
    return end;
  }

  private static Map<String, Object> withoutNulls(JWTClaimsSet claims) {
    Map<String, Object> all = new LinkedHashMap<>(claims.getClaims());
    all.values().removeIf(Objects::isNull);
    return all;
  }

  private static RefusedJwtException wrongClaims(String why) {
    return new RefusedJwtException(Reason.WRONG_CLAIMS, "The claims are wrong: " + why);
  }

  /** Describes a verifier. Each method returns this builder. */
  public static final class Builder {
    private final String issuer;
    private final String audience;
    private URI keySet;
    private Duration leeway = Duration.ofSeconds(10);
    private Duration timeout = Duration.ofSeconds(5);
    private HttpClient client = HttpClient.newHttpClient();
    private boolean unencrypted;
    private Clock clock = Clock.systemUTC();
    private @Nullable JwtSource introspecting;

    private Builder(String issuer, String audience) {
      if (issuer.endsWith("/") || audience.isBlank()) {
        throw new IllegalArgumentException(
            "expected an issuer without a slash at the end, and an audience");
      }
      this.issuer = issuer;
      this.audience = audience;
      this.keySet = URI.create(issuer + "/.well-known/jwks.json");
    }

    /** Where the keys are. The default is {@code /.well-known/jwks.json} of the issuer. */
    public Builder keySet(URI address) {
      keySet = address;
      return this;
    }

    /** How much the clocks of osmo and this machine may differ. The default is ten seconds. */
    public Builder leeway(Duration difference) {
      leeway = difference;
      return this;
    }

    /** How long a request to osmo may take. The default is five seconds. */
    public Builder timeout(Duration limit) {
      timeout = limit;
      return this;
    }

    /** Fetches the keys with this client, for its proxy or its certificates. */
    public Builder httpClient(HttpClient other) {
      client = other;
      return this;
    }

    /**
     * Allows a key set at an address that starts with {@code http://} on another machine. Whoever
     * is in between can replace the keys, and with them forge every JWT.
     */
    public Builder allowUnencrypted() {
      unencrypted = true;
      return this;
    }

    /** The clock of the expiration. */
    public Builder clock(Clock other) {
      clock = other;
      return this;
    }

    /**
     * Asks osmo about each JWT, so that a role that was removed or a token that was revoked counts
     * at once. Works for every audience: osmo answers for JWTs of all of them, and the verifier has
     * compared the audience before it asks.
     *
     * @param own the credential of this server. Its access token needs the role {@code
     *     osmo-introspect}, because the JWTs belong to other users
     */
    public Builder introspecting(JwtSource own) {
      introspecting = own;
      return this;
    }

    /**
     * The verifier. Sends nothing yet.
     *
     * @throws IllegalArgumentException if the keys would be fetched unencrypted from another
     *     machine, if the HTTP client follows redirects, or if the JWTs of {@link #introspecting}
     *     are not for the issuer
     */
    public JwtVerifier build() {
      Origin origin = Origin.of(keySet);
      if (!unencrypted) {
        origin.requirePrivate();
      }
      LimitedCall calls = new LimitedCall(client, timeout, LARGEST_KEY_SET);
      return new JwtVerifier(this, KeySet.at(keySet, calls), introspection(introspecting));
    }

    private @Nullable Introspection introspection(@Nullable JwtSource own) {
      if (own == null) {
        return null;
      }
      URI endpoint = URI.create(issuer + "/oauth2/introspect");
      own.requireFor(endpoint);
      return new Introspection(endpoint, new OsmoHttpClient(own), timeout);
    }
  }
}
