package dev.osmo.exchange.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A token of a workload as {@link WorkloadIssuers} issue it, or almost. */
public record WorkloadToken(JWK key, JWTClaimsSet claims, JWSHeader header) {

  public static final String MAIN = "repo:acme/app:ref:refs/heads/main";

  /**
   * A token of the main branch of a repository.
   *
   * @param issuersFile {@code auth-exchange.trusted-issuers-file}
   */
  public static WorkloadToken github(String issuersFile) {
    return of(issuersFile, "github", WorkloadIssuers.GITHUB, MAIN);
  }

  public static WorkloadToken of(String issuersFile, String key, String issuer, String subject) {
    Instant now = Instant.now();
    JWK signing = key(issuersFile, key);
    return new WorkloadToken(
        signing,
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject(subject)
            .audience("osmo")
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now.minusSeconds(5)))
            .expirationTime(Date.from(now.plus(Duration.ofMinutes(10))))
            .build(),
        new JWSHeader.Builder(JWSAlgorithm.parse(signing.getAlgorithm().getName()))
            .type(JOSEObjectType.JWT)
            .keyID(signing.getKeyID())
            .build());
  }

  public static JWK key(String issuersFile, String name) {
    try {
      String keys =
          Files.readString(Path.of(issuersFile).resolveSibling(WorkloadIssuers.PRIVATE_KEYS));
      return JWK.parse(JSONObjectUtils.getJSONObject(JSONObjectUtils.parse(keys), name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  public WorkloadToken with(String claim, @Nullable Object value) {
    return new WorkloadToken(
        key, new JWTClaimsSet.Builder(claims).claim(claim, value).build(), header);
  }

  public WorkloadToken withTime(String claim, Duration fromNow) {
    return with(claim, Date.from(Instant.now().plus(fromNow)));
  }

  public WorkloadToken withAudiences(String... names) {
    return new WorkloadToken(
        key, new JWTClaimsSet.Builder(claims).audience(List.of(names)).build(), header);
  }

  public WorkloadToken withHeader(UnaryOperator<JWSHeader.Builder> change) {
    return new WorkloadToken(key, claims, change.apply(new JWSHeader.Builder(header)).build());
  }

  public WorkloadToken signedWith(JWK other) {
    return new WorkloadToken(other, claims, header);
  }

  /** The signed token. */
  public String text() {
    try {
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(new DefaultJWSSignerFactory().createJWSSigner(key, header.getAlgorithm()));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The parameters of an exchange. */
  public static Map<String, String> exchanging(String token, String pat) {
    Map<String, String> form = OAuth.exchanging(token);
    form.put("subject_token_type", "urn:ietf:params:oauth:token-type:id_token");
    form.put("osmo_pat", pat);
    return form;
  }
}
