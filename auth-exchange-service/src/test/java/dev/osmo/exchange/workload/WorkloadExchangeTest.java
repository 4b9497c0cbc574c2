package dev.osmo.exchange.workload;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.StoppableRefill;
import dev.osmo.exchange.testing.Verifier;
import dev.osmo.exchange.testing.WorkloadIssuers;
import dev.osmo.exchange.testing.WorkloadToken;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A workload exchanges the token of its issuer for a JWT of an access token that trusts it. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class WorkloadExchangeTest {

  private static final String ADDRESS = "203.0.113.77";
  private static final String UNTRUSTED =
      "The workload's token is not valid, or the access token does not exist or does not trust this"
          + " workload. Compare issuer, audience and subject with: osmo token show";

  @Inject StoppableRefill refill;

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  @ConfigProperty(name = "auth-exchange.trusted-issuers-file")
  String issuersFile;

  private People people;
  private IssuedPat pat;

  @BeforeEach
  void aTokenThatTrustsTheMainBranch() {
    people = new People(databaseUrl);
    pat =
        people.trusting(
            people.person("osmo-user", "osmo-ml-team"),
            WorkloadIssuers.GITHUB,
            "osmo",
            WorkloadToken.MAIN);
  }

  @AfterEach
  void resume_the_refill() {
    refill.resume();
  }

  @Test
  void a_trusted_workload_gets_a_jwt_with_the_roles_of_the_access_token() throws Exception {
    Response answer = exchange(github().text(), pat.id());

    JWTClaimsSet claims = claims(answer);
    assertThat(claims.getSubject()).isEqualTo(pat.owner());
    assertThat(claims.getStringClaim("pat_id")).isEqualTo(pat.id());
    assertThat(claims.getStringClaim("osmo_secret_id")).isEqualTo(people.secretId(pat));
    assertThat(claims.getStringListClaim("roles")).containsExactly("osmo-ml-team", "osmo-user");
    assertThat(answer.<Integer>path("expires_in")).isBetween(299, 300);
  }

  /** The workload stays trusted, but nobody has confirmed for too long that its owner is here. */
  @Test
  @Tag("I3")
  void a_workload_gets_no_jwt_while_the_owner_must_sign_in() {
    people.asSuperuser("UPDATE users SET sign_in_due_at = now() WHERE id = ?", pat.owner());

    Response answer = exchange(github().text(), pat.id());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<String>path("error")).isEqualTo("invalid_grant");
    assertThat(answer.<String>path("denial.reason")).isEqualTo("owner-must-sign-in");
  }

  @Test
  void the_access_token_may_be_named_by_its_owner_and_name() {
    assertThat(exchange(github().text(), pat.owner() + "/" + pat.name()).statusCode())
        .isEqualTo(200);
    assertThat(
            exchange(github().text(), pat.owner() + "/" + pat.name().toUpperCase(Locale.ROOT))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void the_type_of_the_subject_token_may_be_jwt() {
    Map<String, String> form = WorkloadToken.exchanging(github().text(), pat.id());
    form.put("subject_token_type", "urn:ietf:params:oauth:token-type:jwt");

    assertThat(post(form).statusCode()).isEqualTo(200);
  }

  private static final String NIGHTLY = "system:serviceaccount:jobs:nightly";

  private IssuedPat trustingNightly() {
    return people.trusting(people.person("osmo-user"), WorkloadIssuers.CLUSTER, "osmo", NIGHTLY);
  }

  /** Without typ and nbf. */
  private WorkloadToken ofServiceAccount(String subject) {
    return WorkloadToken.of(issuersFile, "cluster", WorkloadIssuers.CLUSTER, subject)
        .with("nbf", null)
        .withHeader(header -> header.type(null));
  }

  @Test
  void a_token_is_accepted_as_kubernetes_issues_it() {
    IssuedPat trusting = trustingNightly();

    assertThat(exchange(ofServiceAccount(NIGHTLY).text(), trusting.id()).statusCode())
        .isEqualTo(200);
  }

  static Stream<Arguments> nearMissesInTheCluster() {
    return Stream.of(
        subject("another namespace", "system:serviceaccount:jobs2:nightly"),
        subject("another service account", "system:serviceaccount:jobs:daily"),
        subject("a prefix of the subject", "system:serviceaccount:jobs:nightl"),
        subject("a longer name", NIGHTLY + "-2"),
        subject("a service account whose name has another part", NIGHTLY + ":admin"),
        subject("the namespace alone", "system:serviceaccount:jobs"),
        subject("the group of the namespace", "system:serviceaccounts:jobs"),
        subject("another case", "system:serviceaccount:Jobs:nightly"),
        subject("a person", "nightly"),
        claim(
            "the audience of the cluster",
            token -> token.withAudiences("https://kubernetes.default.svc")),
        claim("also the audience of the cluster", token -> token.withAudiences("osmo", "vault")),
        claim(
            "another cluster",
            token -> token.with("iss", "https://kubernetes.default.svc.other.example.com")),
        claim("expired", token -> token.withTime("exp", Duration.ofSeconds(-1))));
  }

  @ParameterizedTest
  @MethodSource("nearMissesInTheCluster")
  @Tag("I9")
  void a_near_miss_in_the_cluster_is_refused(UnaryOperator<WorkloadToken> change) {
    untrusted(exchange(change.apply(ofServiceAccount(NIGHTLY)).text(), trustingNightly().id()));
  }

  @Test
  @Tag("I9")
  void the_key_of_another_cluster_with_the_same_kid_is_refused() {
    WorkloadToken forged =
        ofServiceAccount(NIGHTLY).signedWith(WorkloadToken.key(issuersFile, "github"));

    untrusted(exchange(forged.text(), trustingNightly().id()));
  }

  @Test
  void the_keys_of_an_issuer_are_found_through_its_discovery_document() {
    String issuer = issuerBelow("/discovered");
    IssuedPat trusting = people.trusting(people.person("osmo-user"), issuer, "osmo", "job-7");

    String token = WorkloadToken.of(issuersFile, "discovered", issuer, "job-7").text();

    assertThat(exchange(token, trusting.id()).statusCode()).isEqualTo(200);
  }

  /** RFC 9207: an issuer that presents the metadata of another one is not believed. */
  @Test
  @Tag("I9")
  void the_discovery_document_of_another_issuer_is_not_used() {
    String issuer = issuerBelow("/mixed-up");
    IssuedPat trusting = people.trusting(people.person("osmo-user"), issuer, "osmo", "job-7");

    String token = WorkloadToken.of(issuersFile, "discovered", issuer, "job-7").text();

    unavailable(exchange(token, trusting.id()));
  }

  @Test
  @Tag("I9")
  void if_the_issuer_cannot_be_reached_the_exchange_can_be_repeated() {
    IssuedPat trusting =
        people.trusting(people.person("osmo-user"), WorkloadIssuers.UNREACHABLE, "osmo", "job-7");

    String token =
        WorkloadToken.of(issuersFile, "github", WorkloadIssuers.UNREACHABLE, "job-7").text();

    unavailable(exchange(token, trusting.id()));
  }

  private static void unavailable(Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(503);
    assertThat(answer.<String>path("error")).isEqualTo("temporarily_unavailable");
    assertThat(answer.header("Retry-After")).isNotNull();
  }

  static Stream<Arguments> nearMisses() {
    return Stream.of(
        subject("another repository", "repo:acme/other:ref:refs/heads/main"),
        subject("another owner", "repo:acne/app:ref:refs/heads/main"),
        subject("a pull request of a fork", "repo:acme/app:pull_request"),
        subject("another branch", "repo:acme/app:ref:refs/heads/main2"),
        subject("a tag", "repo:acme/app:ref:refs/tags/main"),
        subject("an environment", "repo:acme/app:environment:main"),
        subject("a prefix of the subject", "repo:acme/app:ref:refs/heads/mai"),
        subject("another case", "repo:Acme/app:ref:refs/heads/main"),
        subject("a space after the subject", WorkloadToken.MAIN + " "),
        subject("a pattern", "repo:acme/app:*"),
        subject("a NUL", WorkloadToken.MAIN + "\0"),
        subject("no subject", null),
        subject("an empty subject", ""),
        claim("another audience", token -> token.withAudiences("https://osmo.test")),
        claim("a second audience", token -> token.withAudiences("osmo", "other")),
        claim("no audience", token -> token.with("aud", null)),
        claim("another issuer", token -> token.with("iss", "https://issuer.example.com")),
        claim("the issuer with a slash", token -> token.with("iss", WorkloadIssuers.GITHUB + "/")),
        claim("no issuer", token -> token.with("iss", null)),
        claim("no expiry", token -> token.with("exp", null)),
        claim("no time of issue", token -> token.with("iat", null)),
        claim("expired", token -> token.withTime("exp", Duration.ofSeconds(-1))),
        claim("not yet valid", token -> token.withTime("nbf", Duration.ofMinutes(2))),
        claim("issued in the future", token -> token.withTime("iat", Duration.ofMinutes(2))),
        claim("valid for too long", token -> token.withTime("exp", Duration.ofHours(25))),
        header("the type of an access token", header -> header.type(new JOSEObjectType("at+jwt"))),
        header(
            "the type of a security event",
            header -> header.type(new JOSEObjectType("secevent+jwt"))),
        header(
            "an unknown critical header",
            header ->
                header
                    .criticalParams(new HashSet<>(Set.of("acme")))
                    .customParams(Map.of("acme", true))),
        header("an unknown key", header -> header.keyID("key-9")));
  }

  private static Arguments subject(String name, String subject) {
    return claim("subject: " + name, token -> token.with("sub", subject));
  }

  private static Arguments header(String name, UnaryOperator<JWSHeader.Builder> change) {
    return claim(name, token -> token.withHeader(change));
  }

  private static Arguments claim(String name, UnaryOperator<WorkloadToken> change) {
    return argumentSet(name, change);
  }

  @ParameterizedTest
  @MethodSource("nearMisses")
  @Tag("I9")
  void a_near_miss_is_refused(UnaryOperator<WorkloadToken> change) {
    untrusted(exchange(change.apply(github()).text(), pat.id()));
  }

  @Test
  @Tag("I9")
  void the_key_of_another_issuer_with_the_same_kid_is_refused() {
    untrusted(
        exchange(github().signedWith(WorkloadToken.key(issuersFile, "cluster")).text(), pat.id()));
  }

  @Test
  @Tag("I9")
  void an_algorithm_that_is_not_configured_is_refused() {
    IssuedPat trusting =
        people.trusting(people.person("osmo-user"), WorkloadIssuers.CLUSTER, "osmo", "job-7");
    WorkloadToken token =
        WorkloadToken.of(issuersFile, "cluster", WorkloadIssuers.CLUSTER, "job-7")
            .withHeader(header -> new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("key-1"));

    untrusted(exchange(token.text(), trusting.id()));
  }

  @Test
  @Tag("I9")
  void a_token_that_is_not_signed_is_refused() {
    untrusted(exchange(new PlainJWT(github().claims()).serialize(), pat.id()));
  }

  @Test
  @Tag("I9")
  void the_public_key_is_not_a_shared_secret() throws JOSEException {
    SignedJWT forged =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("key-1").build(), github().claims());
    forged.sign(
        new MACSigner(
            WorkloadToken.key(issuersFile, "github")
                .toPublicJWK()
                .toJSONString()
                .getBytes(StandardCharsets.UTF_8)));

    untrusted(exchange(forged.serialize(), pat.id()));
  }

  @Test
  @Tag("I9")
  void changed_claims_are_refused() {
    String[] parts =
        github().with("sub", "repo:acme/other:ref:refs/heads/main").text().split("\\.");
    parts[1] =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(github().claims().toString().getBytes(StandardCharsets.UTF_8));

    untrusted(exchange(String.join(".", parts), pat.id()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "a.b.c", "..", "e30.e30.", "osmo_00000000000000000000000000002duGrq"})
  @Tag("I9")
  void a_text_that_is_not_a_token_is_refused(String text) {
    untrusted(exchange(text, pat.id()));
  }

  @Test
  @Tag("I9")
  void a_token_that_is_too_long_is_refused() {
    untrusted(exchange(github().with("padding", "x".repeat(8192)).text(), pat.id()));
  }

  @Test
  @Tag("I9")
  void our_own_jwt_is_not_a_workload() {
    IssuedPat other = people.pat(people.person("osmo-user"));

    untrusted(exchange(OAuth.jwt(other), pat.id()));
  }

  @Test
  @Tag("I11")
  void an_unknown_access_token_and_one_that_trusts_nobody_get_the_same_answer() {
    IssuedPat withSecret = people.pat(people.person("osmo-user"));
    IssuedPat deleted =
        people.trusting(
            people.person("osmo-user"), WorkloadIssuers.GITHUB, "osmo", WorkloadToken.MAIN);
    people.delete(deleted);

    Stream.of(
            withSecret.id(),
            deleted.id(),
            "pat_0000000000000000000000",
            "nobody/nothing",
            withSecret.owner() + "/" + pat.name())
        .forEach(named -> untrusted(exchange(github().text(), named)));
  }

  /** What may happen to an access token, and what the trusted workload is told. */
  static Stream<Arguments> states() {
    return Stream.of(
        argumentSet("suspended", "UPDATE access_token SET suspended_at = now() WHERE id = ?"),
        argumentSet(
            "expired", "UPDATE access_token SET expires_at = now() - interval '1s' WHERE id = ?"),
        argumentSet(
            "revoked", "UPDATE access_token_secret SET revoked_at = now() WHERE token_id = ?"),
        argumentSet(
            "owner disabled",
            "UPDATE users SET disabled_at = now()"
                + " WHERE id = (SELECT user_id FROM access_token WHERE id = ?)"),
        argumentSet(
            "no roles left",
            "DELETE FROM role_assignment"
                + " WHERE user_id = (SELECT user_id FROM access_token WHERE id = ?)"));
  }

  @ParameterizedTest
  @MethodSource("states")
  @Tag("I3")
  void a_trusted_workload_gets_no_jwt_of_an_unusable_token_and_learns_why(String change) {
    exchange(github().text(), pat.id()).then().statusCode(200);
    people.asSuperuser(change, pat.id());

    Response answer = exchange(github().text(), pat.id());
    Response stranger =
        exchange(github().with("sub", "repo:acme/other:ref:refs/heads/main").text(), pat.id());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<String>path("error")).isEqualTo("invalid_grant");
    assertThat(answer.<Object>path("denial")).isNotNull();
    assertThat(answer.<String>path("error_description")).isNotEqualTo(UNTRUSTED);
    untrusted(stranger);
  }

  @Test
  @Tag("I2")
  void a_removed_role_is_not_in_the_next_jwt() throws Exception {
    people.remove(pat.owner(), "osmo-ml-team");

    assertThat(claims(exchange(github().text(), pat.id())).getStringListClaim("roles"))
        .containsExactly("osmo-user");
  }

  @Test
  @Tag("I3")
  void the_jwt_never_expires_after_the_token_of_the_workload() {
    String token = github().withTime("exp", Duration.ofSeconds(60)).text();

    assertThat(exchange(token, pat.id()).<Integer>path("expires_in")).isBetween(50, 60);
  }

  @Test
  @Tag("I6")
  void a_scope_reduces_the_roles() throws Exception {
    Map<String, String> form = WorkloadToken.exchanging(github().text(), pat.id());
    form.put("scope", "osmo-user osmo-admin");

    assertThat(claims(post(form)).getStringListClaim("roles")).containsExactly("osmo-user");
  }

  @Test
  void introspection_knows_the_jwt() {
    String jwt = exchange(github().text(), pat.id()).path("access_token");

    assertThat(OAuth.introspect(jwt, jwt).<Boolean>path("active")).isTrue();
    people.asSuperuser(
        "UPDATE access_token_secret SET revoked_at = now() WHERE token_id = ?", pat.id());
    assertThat(OAuth.introspect(jwt, jwt).statusCode()).isEqualTo(401);
  }

  @Test
  void the_first_and_the_last_use_are_recorded() {
    exchange(github().text(), pat.id()).then().statusCode(200);

    assertThat(
            people.query(
                "SELECT first_used_at FROM access_token_secret WHERE token_id = ?", pat.id()))
        .doesNotContainNull();
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        malformed("an access token of another shape", form -> form.put("osmo_pat", "my-token")),
        malformed("a path", form -> form.put("osmo_pat", "a/b/c")),
        malformed("both kinds of credential", form -> form.put("subject_token_type", OAuth.PAT)),
        malformed("an actor", form -> form.put("actor_token", "x")),
        malformed(
            "a type that is not issued",
            form -> form.put("requested_token_type", "urn:ietf:params:oauth:token-type:id_token")));
  }

  private static Arguments malformed(String name, Consumer<Map<String, String>> change) {
    return argumentSet(name, change);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void a_malformed_request_is_refused(Consumer<Map<String, String>> change) {
    Map<String, String> form = WorkloadToken.exchanging(github().text(), pat.id());
    change.accept(form);

    Response answer = post(form);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<String>path("error")).isEqualTo("invalid_request");
  }

  @Test
  @Tag("I10")
  void untrusted_workloads_use_up_the_failures_of_their_address() {
    String stranger = github().withAudiences("other").text();
    Map<String, String> form = WorkloadToken.exchanging(stranger, pat.id());

    refill.firstRefusal(() -> post("203.0.113.78", form));

    assertThat(
            post("203.0.113.78", WorkloadToken.exchanging(github().text(), pat.id())).statusCode())
        .as("a trusted workload behind the same address")
        .isEqualTo(200);
  }

  private WorkloadToken github() {
    return WorkloadToken.github(issuersFile);
  }

  private String issuerBelow(String path) {
    try {
      String file = Files.readString(Path.of(issuersFile));
      return file.replaceAll("(?s).*\"(http://127[^\"]*" + path + ")\".*", "$1");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Response exchange(String token, String pat) {
    return post(WorkloadToken.exchanging(token, pat));
  }

  private static Response post(Map<String, String> form) {
    return post(ADDRESS, form);
  }

  private static Response post(String address, Map<String, String> form) {
    return given()
        .header("X-Forwarded-For", address)
        .contentType(ContentType.URLENC)
        .formParams(form)
        .post(OAuth.TOKEN);
  }

  private static JWTClaimsSet claims(Response answer) {
    return Verifier.claims(
        answer.then().statusCode(200).extract().path("access_token"),
        given().get("/api/auth/keys").asString());
  }

  private static void untrusted(Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
    assertThat(answer.<String>path("error")).isEqualTo("invalid_grant");
    assertThat(answer.<String>path("error_description")).isEqualTo(UNTRUSTED);
    assertThat(answer.<Object>path("denial")).isNull();
  }
}
