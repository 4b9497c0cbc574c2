package dev.osmo.token.events;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.tls.TestAuthority;
import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.KafkaBroker;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.PostgresProcess;
import dev.osmo.token.testing.Signals;
import dev.osmo.token.testing.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Security events from a topic of Kafka's own broker, with packaged services. */
@Tag("I9")
class EventTopicIT {

  private static final String SETTINGS = "/api/profile/settings";

  @TempDir static Path folder;

  private static Stage stage;
  private static PostgresProcess database;
  private static TestAuthority authority;
  private static KafkaBroker broker;

  private final List<ServiceProcess> services = new ArrayList<>();
  private Person user;
  private Signals signals;

  @BeforeAll
  static void start() {
    stage = Stage.set();
    stage.exchange().comeUp();
    database = PostgresProcess.of(stage.postgres());
    authority = TestAuthority.create("localhost");
    broker = KafkaBroker.start(folder, authority);
  }

  @AfterAll
  static void stop() {
    broker.close();
    stage.close();
  }

  @BeforeEach
  void aUserAndATopic() {
    broker.createTopic();
    user = People.with("osmo-user");
    signals = Signals.about(user);
  }

  @AfterEach
  void close() {
    services.forEach(ServiceProcess::close);
  }

  @Test
  @Tag("I3")
  void an_event_of_the_topic_has_the_effect_of_one_that_is_pushed() {
    ServiceProcess service = replica();
    Jwt session = signals.session("1 minute");
    assertThat(status(service, session)).isEqualTo(200);

    broker.send(signals.event("session-revoked", 30).text());
    eventually().until(() -> status(service, session) == 401);
    assertThat(status(service, user.login())).isEqualTo(200);

    broker.send(signals.event("credential-change", 30).text());
    eventually().until(() -> status(service, user.login()) == 401);
    assertThat(reports()).isEqualTo(2);
    awaitCommitted();
  }

  @Test
  void a_repeated_event_has_an_effect_once() {
    ServiceProcess service = replica();
    String event = signals.event("session-revoked", 0).text();
    for (int i = 0; i < 3; i++) {
      broker.send(event);
    }

    awaitCommitted();

    assertThat(reports()).isEqualTo(1);
    assertThat(accepted(service)).isGreaterThanOrEqualTo(3);
    assertThat(duplicates(service)).isEqualTo(accepted(service) - 1);
  }

  @Test
  @Tag("I11")
  void records_that_are_no_acceptable_events_are_skipped() {
    ServiceProcess service = replica();
    String marker = "marker-of-the-content";
    broker.send((byte[]) null);
    broker.send("");
    broker.send(marker);
    broker.send(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2});
    broker.send((marker + " ").repeat(30_000));
    broker.send("eyJhbGciOiJub25lIn0.e30.");
    broker.send(event().header("typ", "JWT").text());
    broker.send(event().claim("aud", "https://other.test/" + marker).text());
    broker.send(event().claim("iss", "https://other.test/" + marker).text());
    broker.send(event().without("jti").text());
    broker.send(event().without("events").text());
    broker.send(event().signedBy(stage.provider().key("creates").jwk().getPrivateKey()).text());
    broker.send(signals.event("credential-change", 30).text());

    awaitCommitted();

    assertThat(status(service, user.login())).isEqualTo(401);
    assertThat(reports()).isEqualTo(1);
    assertThat(records("skipped", service)).hasSize(12);
    assertThat(count(service, "osmo_ssf_topic_records_total{outcome=\"refused\"}"))
        .isGreaterThanOrEqualTo(12);
    assertThat(service.output())
        .contains("security event skipped: record=kafka-")
        .doesNotContain(marker);
  }

  private Jwt event() {
    return signals.event("credential-change", 30);
  }

  /** Late, unordered, unknown: the same rules as for a push. */
  @Test
  void an_event_without_an_effect_is_acknowledged() {
    ServiceProcess service = replica();
    broker.send(signals.event("credential-change", 90).text());
    broker.send(signals.event("credential-change", 31L * 24 * 3600).text());
    broker.send(event().claim("sub_id", Signals.account("creates", "nobody")).text());
    broker.send(event().claim("events", Map.of("urn:other", Map.of())).text());

    awaitCommitted();

    assertThat(status(service, user.login())).isEqualTo(200);
    for (String outcome : List.of("applied", "late", "unknown_subject", "ignored")) {
      assertThat(count(service, "osmo_ssf_events_total{outcome=\"" + outcome + "\"}"))
          .as(outcome)
          .isPositive();
    }
  }

  /**
   * Nobody knows whether its events are true, and everybody else's go on while there is a place to
   * wait.
   */
  @Test
  @Tag("I10")
  @Tag("I12")
  void a_transmitter_whose_keys_are_unavailable_stops_the_others_only_when_all_places_are_taken() {
    ServiceProcess service = replica();
    int many = 40;
    for (int i = 0; i < many; i++) {
      broker.send(signals.event("away", "session-revoked", 30).text());
    }
    eventually().until(() -> records("waits", service).size() == many);

    broker.send(event().text());
    broker.send(event().text());

    eventually().until(() -> status(service, user.login()) == 401);
    eventually().until(() -> count(service, "osmo_ssf_topic_waiting_seconds") > 0);
    assertThat(count(service, "osmo_ssf_topic_records_total{outcome=\"refused\"}")).isZero();
    assertThat(broker.committed()).isLessThan(broker.records());

    // As many as can wait, and as many as are processed at the same time.
    int most = 1000 + 32;
    broker.sendAll(Stream.generate(this::eventAboutNobody).limit(most - many).toList());
    eventually().until(() -> records("waits", service).size() == most);
    Signals other = Signals.about(People.with("osmo-user"));
    broker.send(other.event("credential-change", 30).text());
    double before = count(service, "osmo_ssf_topic_retries_total");
    eventually().until(() -> count(service, "osmo_ssf_topic_retries_total") >= before + most);
    assertThat(status(service, other.user().login())).isEqualTo(200);

    stage.provider().comeBack("away");
    awaitCommitted();
    assertThat(status(service, other.user().login())).isEqualTo(401);
    assertThat(reports()).isEqualTo(many + 2);
    assertThat(count(service, "osmo_ssf_events_total{outcome=\"unknown_subject\"}"))
        .isGreaterThanOrEqualTo(most - many);
    stage.provider().goAway("away");
  }

  /** It locks no row, so that a thousand of them do not wait for each other. */
  private String eventAboutNobody() {
    return signals
        .event("away", "session-revoked", 30)
        .claim("sub_id", Signals.account("creates", "nobody"))
        .text();
  }

  @Test
  @Tag("I12")
  void events_that_arrive_while_the_database_is_away_are_applied_afterwards() {
    ServiceProcess service = replica();
    Jwt session = signals.session("1 minute");
    Jwt event = signals.event("session-revoked", 30);
    database.kill();
    try {
      broker.send(event.text());
      broker.send("nonsense");
      eventually().until(() -> count(service, "osmo_ssf_topic_retries_total") >= 2);
    } finally {
      database.restart();
      // The connections of the tests are broken, too.
      eventually().until(() -> reports() >= 0);
    }

    eventually().until(() -> status(service, session) == 401);
    awaitCommitted();
    assertThat(reports()).isEqualTo(1);
  }

  @Test
  @Tag("I12")
  void the_service_goes_on_without_the_broker_and_reads_again_afterwards() {
    ServiceProcess service = replica();
    broker.send(signals.event("session-revoked", 30).text());
    awaitCommitted();

    broker.kill();
    assertThat(status(service, user.login())).isEqualTo(200);
    assertThat(service.health("ready")).isEqualTo(200);
    broker.restart();
    broker.send(signals.event("credential-change", 20).text());

    eventually().until(() -> status(service, user.login()) == 401);
    assertThat(reports()).isEqualTo(2);
    awaitCommitted();
  }

  @Test
  void a_service_starts_and_is_ready_without_the_broker() {
    broker.kill();
    ServiceProcess service = replica();
    assertThat(status(service, user.login())).isEqualTo(200);
    broker.restart();

    broker.send(event().text());

    eventually().until(() -> status(service, user.login()) == 401);
    awaitCommitted();
  }

  @Test
  void a_service_starts_and_is_ready_although_no_broker_is_known() {
    ServiceProcess service =
        replica(
            Map.of(
                "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_BOOTSTRAP_SERVERS", "nowhere.invalid:9092"));

    eventually().until(() -> service.output().contains("no broker is known"));
    assertThat(service.health("ready")).isEqualTo(200);
  }

  /** Its file is damaged until somebody replaces it. */
  @Test
  @Tag("I12")
  void a_client_that_cannot_be_created_is_created_later() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), KafkaBroker.PASSWORD + "\n");
    String certificate = Files.readString(authority.serverCertificate());
    Path pair =
        Files.writeString(
            folder.resolve("pair.pem"),
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n" + certificate);
    ServiceProcess service =
        replica(
            Map.of(
                "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_BOOTSTRAP_SERVERS",
                broker.secureAddress(),
                "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_TLS",
                "true",
                "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_CA_FILE",
                authority.certificate().toString(),
                "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_CERTIFICATE_FILE",
                pair.toString(),
                "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_USER",
                KafkaBroker.USER,
                "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_PASSWORD_FILE",
                password.toString()));
    broker.send(event().text());
    eventually().until(() -> service.output().contains("security events are not read"));
    assertThat(service.metrics()).contains("osmo_ssf_topic_subscribed 0.0");

    Files.writeString(pair, Files.readString(authority.serverKey()) + certificate);

    eventually().until(() -> status(service, user.login()) == 401);
    eventually().until(() -> count(service, "osmo_ssf_topic_subscribed") == 1);
    awaitCommitted();
  }

  /** The event is judged, and its effect is not committed. */
  @Test
  @Tag("I12")
  void a_replica_that_is_killed_before_the_commit_leaves_the_event_to_another_one()
      throws SQLException {
    ServiceProcess first = replica();
    Jwt session = signals.session("1 minute");
    try (Connection holder = stage.postgres().connectAsSuperuser()) {
      holder.setAutoCommit(false);
      lock(holder);
      broker.send(signals.event("session-revoked", 30).text());
      eventually()
          .until(
              () ->
                  !People.query(
                          "SELECT pid FROM pg_stat_activity WHERE usename = 'osmo_token_service' AND cardinality(pg_blocking_pids(pid)) > 0")
                      .isEmpty());

      first.kill();
      holder.rollback();
    }
    assertThat(reports()).isZero();

    ServiceProcess second = replica();
    eventually().until(() -> status(second, session) == 401);
    awaitCommitted();
    assertThat(reports()).isEqualTo(1);
  }

  /** The effect is committed, and the record is probably not acknowledged yet. */
  @Test
  @Tag("I12")
  void a_replica_that_is_killed_after_the_commit_has_had_the_effect_once() {
    ServiceProcess first = replica();
    broker.send(signals.event("session-revoked", 30).text());
    eventually().until(() -> reports() == 1);

    first.kill();

    replica();
    awaitCommitted();
    assertThat(reports()).isEqualTo(1);
  }

  /** While the replicas divide the partitions, Kafka may deliver a record to both of them. */
  @Test
  void replicas_share_the_events() {
    ServiceProcess first = replica();
    ServiceProcess second = replica();
    List<Signals> others = new ArrayList<>();
    eventually()
        .until(
            () -> {
              Signals other = Signals.about(People.with("osmo-user"));
              others.add(other);
              broker.send(other.event("credential-change", 30).text());
              awaitCommitted();
              return accepted(first) > 0 && accepted(second) > 0;
            });

    eventually()
        .untilAsserted(
            () ->
                assertThat(
                        accepted(first) + accepted(second) - duplicates(first) - duplicates(second))
                    .isEqualTo(others.size()));
    for (Signals other : others) {
      assertThat(reports(other.user())).isEqualTo(1);
    }
  }

  /** The different records that the log names so. Kafka may deliver one of them again. */
  private static Set<String> records(String what, ServiceProcess service) {
    return Pattern.compile("security event " + what + ": record=(kafka-\\d+-\\d+)")
        .matcher(service.output())
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static double accepted(ServiceProcess service) {
    return count(service, "osmo_ssf_topic_records_total{outcome=\"accepted\"}");
  }

  private static double duplicates(ServiceProcess service) {
    return count(service, "osmo_ssf_events_total{outcome=\"duplicate\"}");
  }

  @Test
  void the_connection_may_be_encrypted_and_authenticated() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), KafkaBroker.PASSWORD + "\n");
    ServiceProcess service =
        replica(
            Map.of(
                "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_BOOTSTRAP_SERVERS",
                broker.secureAddress(),
                "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_TLS",
                "true",
                "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_CA_FILE",
                authority.certificate().toString(),
                "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_USER",
                KafkaBroker.USER,
                "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_PASSWORD_FILE",
                password.toString()));

    broker.send(event().text());

    eventually().until(() -> status(service, user.login()) == 401);
    awaitCommitted();
    assertThat(service.output()).doesNotContain("slash-");
  }

  /** Neither a wrong password nor an unknown authority stops the service. */
  @Test
  void a_service_that_the_broker_refuses_reads_nothing_and_serves_requests() throws Exception {
    Path password = Files.writeString(folder.resolve("wrong-password"), "wrong-password\n");
    Map<String, String> settings =
        Map.of(
            "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_BOOTSTRAP_SERVERS",
            broker.secureAddress(),
            "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_TLS",
            "true",
            "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_CA_FILE",
            authority.certificate().toString(),
            "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_USER",
            KafkaBroker.USER,
            "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_PASSWORD_FILE",
            password.toString());
    ServiceProcess service = replica(settings);

    eventually().until(() -> service.output().contains("failed authentication"));

    assertThat(status(service, user.login())).isEqualTo(200);
    assertThat(service.health("ready")).isEqualTo(200);
    assertThat(service.output()).doesNotContain("wrong-password");
  }

  /** No metric of a client, no health check and no line in the log. */
  @Test
  void without_a_topic_nothing_is_there() {
    ServiceProcess service = started(Map.of());

    String health = given().get(service.managementAddress() + "/q/health").asString();
    // Quarkus lists everything that is in the package.
    String output = service.output().replaceAll("(?m)^.* Installed features: .*$", "");
    assertThat((output + service.metrics() + health).toLowerCase(Locale.ROOT))
        .doesNotContain("kafka", "messaging", "srmsg");
  }

  private ServiceProcess replica() {
    return replica(Map.of());
  }

  private ServiceProcess replica(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_BOOTSTRAP_SERVERS", broker.address());
    settings.put("TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_TOPIC", broker.topic());
    settings.put("TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_GROUP", broker.group());
    settings.put("TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_TLS", "false");
    settings.putAll(more);
    return started(settings);
  }

  private ServiceProcess started(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(stage.environment(folder, "t1"));
    settings.put(
        "TOKEN_SERVICE_SECURITY_EVENTS_TRANSMITTERS_FILE",
        stage.provider().transmittersFile().toString());
    settings.putAll(more);
    ServiceProcess service = ServiceProcess.launch(settings);
    services.add(service);
    service.awaitReady();
    eventually().until(() -> status(service, user.login()) == 200);
    return service;
  }

  private static int status(ServiceProcess service, Jwt bearer) {
    return service
        .client()
        .header("Authorization", "Bearer " + bearer.text())
        .get(SETTINGS)
        .statusCode();
  }

  private void lock(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id FROM users WHERE id = ? FOR UPDATE")) {
      statement.setString(1, user.id());
      statement.executeQuery();
    }
  }

  private long reports() {
    return reports(user);
  }

  private static long reports(Person person) {
    return People.query(
            "SELECT id FROM audit_event WHERE user_id = ? AND action = 'user.reported'",
            person.id())
        .size();
  }

  /** Every record is done, and the group will not read it again. */
  private static void awaitCommitted() {
    eventually().until(() -> broker.committed() == broker.records());
  }

  private static double count(ServiceProcess service, String metric) {
    Matcher line =
        Pattern.compile("(?m)^" + Pattern.quote(metric) + " (\\S+)$").matcher(service.metrics());
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }

  private static ConditionFactory eventually() {
    return Awaitility.await().atMost(Patience.LONG).ignoreExceptions();
  }
}
