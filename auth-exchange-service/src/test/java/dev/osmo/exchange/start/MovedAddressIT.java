package dev.osmo.exchange.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.postgres.StreamingPair;
import dev.osmo.testkit.postgres.Tunnel;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import io.restassured.response.Response;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The database's address leads to a standby that is behind, and back to the primary. */
class MovedAddressIT {

  private static StreamingPair pair;
  private static People people;
  private static Tunnel network;
  private static ServiceProcess service;

  @BeforeAll
  static void start() {
    pair = StreamingPair.start();
    people = new People(pair.first().reactiveUrl());
    network = new Tunnel(pair.first().port());
    // So that only the statements notice the standby.
    service =
        ServiceProcess.start(
            ServiceSetup.on(network.reactiveUrl())
                .with(Map.of("auth-exchange.database.commit-lease", "PT1M")));
  }

  @AfterAll
  static void stop() {
    service.close();
    network.close();
    pair.close();
  }

  @Test
  @Tag("I2")
  @Tag("I3")
  void nothing_is_decided_on_a_standby() {
    IssuedPat pruned = people.pat(people.person("osmo-user"));
    IssuedPat deleted = people.pat(people.person("osmo-user"));
    String jwt = exchange(deleted).path("token");
    exchange(pruned).then().statusCode(200);
    pair.awaitReplayed();
    pair.second().query("SELECT pg_wal_replay_pause()");
    people.remove(pruned.owner(), "osmo-user");
    people.delete(deleted);

    network.moveTo(pair.second().port());

    eventually().until(() -> service.health("ready") == 503);
    for (int attempt = 0; attempt < 20; attempt++) {
      unavailable(exchange(pruned));
      unavailable(exchange(deleted));
      unavailable(OAuth.introspect(service.client(), jwt, jwt));
    }
    // A decision ends its connection, whose last error does not arrive; what only writes reports
    // it, and does so when it tries the next time.
    eventually().until(() -> service.output().contains("25006"));

    network.moveTo(pair.first().port());
    eventually().until(() -> service.health("ready") == 200);
    assertThat(exchange(pruned).<String>path("type")).endsWith(":no-roles-left");
    assertThat(exchange(deleted).<String>path("type")).endsWith(":invalid-token");
  }

  private static Response exchange(IssuedPat pat) {
    return Exchanges.exchange(service.client(), pat.text());
  }

  private static void unavailable(Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isNotBlank();
  }

  private static ConditionFactory eventually() {
    return await().atMost(Patience.LONG);
  }
}
