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

/** Keys that rotate every few seconds, two replicas, and clients that verify all the while. */
class RotationIT {

  private static final Map<String, String> QUICK =
      Map.of(
          "auth-exchange.jwt.ttl", "PT10S",
          "auth-exchange.jwt.jwks-max-age", "PT2S",
          "auth-exchange.keys.poll", "PT0.5S",
          "auth-exchange.keys.stale-after", "PT6S",
          "auth-exchange.keys.publish-ahead", "PT12S",
          // Nimbus asks at most twice in thirty seconds: two rotations within them are one too
          // many.
          "auth-exchange.keys.rotate-every", "PT20S",
          "auth-exchange.limits.exchanges-per-minute", "100000");
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static MigratedPostgres postgres;
  private static People people;
  private static List<ServiceProcess> replicas;

  /** In the order of their signing. */
  private final Set<String> kids = new LinkedHashSet<>();

  private final Deque<SignedJWT> alive = new ArrayDeque<>();

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
            VerifyingClient.thatOnlyGoesByAge(keys(replicas.get(0))),
            VerifyingClient.thatOnlyGoesByAge(keys(replicas.get(1))),
            VerifyingClient.jose4j(keys(replicas.get(0))),
            VerifyingClient.nimbus(keys(replicas.get(1))));
    // Asks once an hour, and for an unknown key once in half an hour: good for one quick rotation.
    VerifyingClient smallRye = VerifyingClient.smallRye(keys(replicas.get(0)));

    Instant end = Instant.now().plus(PATIENCE);
    for (int i = 0; kids.size() < 3 && Instant.now().isBefore(end); i++) {
      mint(pat, replicas.get(i % 2));
      for (SignedJWT jwt : List.of(alive.getFirst(), alive.getLast())) {
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
            people.look(
                "SELECT kid FROM signing_key WHERE state IN ('active', 'retiring') ORDER BY created_at"))
        .containsExactlyElementsOf(kids);
  }

  private void mint(IssuedPat pat, ServiceProcess replica) throws Exception {
    Response answer = Exchanges.exchange(replica.client(), pat.text());
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    SignedJWT jwt = SignedJWT.parse(answer.path("token"));
    assertThat(lifeOf(jwt)).isEqualTo(Duration.parse(QUICK.get("auth-exchange.jwt.ttl")));
    kids.add(jwt.getHeader().getKeyID());
    alive.addLast(jwt);
    while (isNearlyDead(alive.getFirst())) {
      alive.removeFirst();
    }
  }

  private static Duration lifeOf(SignedJWT jwt) throws Exception {
    JWTClaimsSet claims = jwt.getJWTClaimsSet();
    return Duration.between(
        claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant());
  }

  private static boolean isNearlyDead(SignedJWT jwt) throws Exception {
    return jwt.getJWTClaimsSet()
        .getExpirationTime()
        .toInstant()
        .isBefore(Instant.now().plusSeconds(3));
  }

  private static URI keys(ServiceProcess replica) {
    return replica.address().resolve("/api/auth/keys");
  }
}
