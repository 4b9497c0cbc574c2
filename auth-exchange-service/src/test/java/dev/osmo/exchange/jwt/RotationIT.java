package dev.osmo.exchange.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import io.restassured.response.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two replicas rotate their keys every few seconds while clients verify JWTs continuously. */
class RotationIT {

  private static final Map<String, String> QUICK =
      Map.of(
          "auth-exchange.jwt.ttl", "PT10S",
          "auth-exchange.jwt.jwks-max-age", "PT2S",
          "auth-exchange.keys.poll", "PT0.5S",
          "auth-exchange.keys.stale-after", "PT6S",
          "auth-exchange.keys.publish-ahead", "PT12S",
          // Nimbus fetches at most twice in thirty seconds, so there may be only one rotation in
          // that time.
          "auth-exchange.keys.rotate-every", "PT20S",
          "auth-exchange.limits.exchanges-per-minute", "100000");
  private static final Duration DEADLINE = Patience.LONG;

  private static MigratedPostgres postgres;
  private static People people;
  private static List<ServiceProcess> replicas;

  /** In the order in which they signed first. */
  private final Set<String> kids = new LinkedHashSet<>();

  private final Deque<SignedJWT> valid = new ArrayDeque<>();

  @BeforeAll
  static void start() {
    postgres = MigratedPostgres.start();
    people = new People(postgres.reactiveUrl());
    ServiceSetup setup = ServiceSetup.on(postgres);
    replicas =
        List.of(ServiceProcess.launch(setup.with(QUICK)), ServiceProcess.launch(setup.with(QUICK)));
    replicas.forEach(ServiceProcess::awaitReady);
  }

  @AfterAll
  static void stop() {
    replicas.forEach(ServiceProcess::close);
    postgres.close();
  }

  @Test
  void no_verifying_client_sees_a_failure_across_rotations() throws Exception {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    List<VerifyingClient> clients =
        List.of(
            VerifyingClient.byMaxAge(keys(replicas.get(0))),
            VerifyingClient.byMaxAge(keys(replicas.get(1))),
            VerifyingClient.jose4j(keys(replicas.get(0))),
            VerifyingClient.nimbus(keys(replicas.get(1))));
    // Fetches hourly, and for an unknown key once in half an hour: enough for one rotation.
    VerifyingClient smallRye = VerifyingClient.smallRye(keys(replicas.get(0)));

    Instant end = Instant.now().plus(DEADLINE);
    for (int i = 0; kids.size() < 3 && Instant.now().isBefore(end); i++) {
      exchange(pat, replicas.get(i % 2));
      for (SignedJWT jwt : oldestAndNewest()) {
        for (VerifyingClient client : clients) {
          client.verify(jwt.serialize());
        }
        if (kids.size() < 3) {
          smallRye.verify(jwt.serialize());
        }
      }
      Thread.sleep(200);
    }

    assertThat(kids).hasSize(3);
    assertThat(
            people.query(
                "SELECT kid FROM signing_key WHERE state IN ('active', 'retiring') ORDER BY created_at"))
        .containsExactlyElementsOf(kids);
  }

  private List<SignedJWT> oldestAndNewest() {
    return valid.isEmpty() ? List.of() : List.of(valid.getFirst(), valid.getLast());
  }

  /** On a slow machine a replica may have to read the keys again first, and answers 503. */
  private void exchange(IssuedPat pat, ServiceProcess replica) throws Exception {
    Response answer = Exchanges.exchange(replica.client(), pat.text());
    if (answer.statusCode() == 503) {
      return;
    }
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    SignedJWT jwt = SignedJWT.parse(answer.path("token"));
    assertThat(lifetimeOf(jwt)).isEqualTo(Duration.parse(QUICK.get("auth-exchange.jwt.ttl")));
    kids.add(jwt.getHeader().getKeyID());
    valid.addLast(jwt);
    while (!valid.isEmpty() && expiresSoon(valid.getFirst())) {
      valid.removeFirst();
    }
  }

  private static Duration lifetimeOf(SignedJWT jwt) throws Exception {
    JWTClaimsSet claims = jwt.getJWTClaimsSet();
    return Duration.between(
        claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant());
  }

  private static boolean expiresSoon(SignedJWT jwt) throws Exception {
    return jwt.getJWTClaimsSet()
        .getExpirationTime()
        .toInstant()
        .isBefore(Instant.now().plusSeconds(3));
  }

  private static URI keys(ServiceProcess replica) {
    return replica.address().resolve("/api/auth/keys");
  }
}
