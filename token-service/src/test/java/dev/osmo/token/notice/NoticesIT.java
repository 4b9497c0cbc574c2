package dev.osmo.token.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Stage;
import dev.osmo.token.testing.WebhookInbox;
import dev.osmo.token.testing.WebhookInbox.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas as processes, which share the notices. */
class NoticesIT {

  private static final String DUE =
      "SELECT count(*) FROM expiry_notice WHERE outcome IS DISTINCT FROM 'delivered'";

  private static final int SLOW = 64;

  private static Stage stage;

  @TempDir Path folder;

  @BeforeAll
  static void set() {
    stage = Stage.set();
  }

  @AfterAll
  static void clear() {
    stage.close();
  }

  @BeforeEach
  void no_notices_and_no_tokens_of_another_test() {
    People.execute("UPDATE access_token SET expires_at = now() + interval '300 days'");
    People.execute("DELETE FROM expiry_notice");
    People.execute("DELETE FROM expiry_notice_pass");
  }

  @Test
  @Tag("I12")
  void a_replica_that_is_killed_while_it_sends_is_taken_over_with_the_same_id() {
    String token = expiringSoon();
    String firstId;
    stage.inbox().gate().lock();
    try (ServiceProcess first = ServiceProcess.start(environment())) {
      await().atMost(Patience.LONG).until(() -> !stage.inbox().about(token).isEmpty());
      firstId = stage.inbox().about(token).getFirst().id();
      first.kill();
    } finally {
      stage.inbox().gate().unlock();
    }
    assertThat(People.query(DUE)).containsExactly("1");

    try (ServiceProcess second = ServiceProcess.start(environment())) {
      // As if its five minutes had passed.
      People.execute("UPDATE expiry_notice SET next_attempt_at = now() - interval '1 second'");
      await().atMost(Patience.LONG).until(() -> People.query(DUE).equals(List.of("0")));
      assertThat(second.metrics())
          .contains(
              "osmo_expiry_notices_total{outcome=\"delivered\",webhook=\"inbox\"} 1.0",
              "osmo_expiry_notices_total{outcome=\"failed\",webhook=\"inbox\"} 0.0");
      assertThat(second.output()).doesNotContain(stage.inbox().url());
    }

    assertThat(stage.inbox().about(token))
        .extracting(Received::id)
        .containsExactly(firstId, firstId);
  }

  @Test
  void three_replicas_send_each_notice_once() {
    List<String> tokens = IntStream.range(0, 40).mapToObj(unused -> expiringSoon()).toList();
    try (ServiceProcess a = ServiceProcess.launch(environment());
        ServiceProcess b = ServiceProcess.launch(environment());
        ServiceProcess c = ServiceProcess.launch(environment())) {
      for (ServiceProcess replica : List.of(a, b, c)) {
        replica.awaitReady();
      }
      await()
          .atMost(Patience.LONG)
          .until(
              () ->
                  People.query("SELECT count(*) FROM expiry_notice WHERE outcome = 'delivered'")
                      .equals(List.of("40")));
    }

    for (String token : tokens) {
      assertThat(stage.inbox().about(token)).as(token).hasSize(1);
    }
  }

  /**
   * The slow one is the first of the file and has four batches, each of which takes some seconds.
   */
  @Test
  void a_receiver_that_answers_slowly_delays_no_other() {
    for (int i = 0; i < SLOW; i++) {
      expiringSoon();
    }
    try (WebhookInbox slow = WebhookInbox.open();
        WebhookInbox fast = WebhookInbox.open()) {
      slow.answerAfter(Duration.ofSeconds(7));
      Map<String, WebhookInbox> inboxes = new LinkedHashMap<>();
      inboxes.put("slow", slow);
      inboxes.put("fast", fast);
      Map<String, String> environment = environment();
      environment.put(
          "TOKEN_SERVICE_EXPIRY_NOTICES_WEBHOOKS_FILE",
          WebhookInbox.webhooksFile(inboxes).toString());

      try (ServiceProcess replica = ServiceProcess.start(environment)) {
        await()
            .atMost(Patience.LONG)
            .until(() -> fast.received().size() == SLOW || slow.received().size() == SLOW);
        String later = expiringSoon();
        People.execute(
            "UPDATE expiry_notice_pass SET expires_at = now() - interval '1 day', token_id = ''");
        await().atMost(Patience.LONG).until(() -> !fast.about(later).isEmpty());

        assertThat(slow.received()).as("still in its backlog").hasSizeLessThan(SLOW);
        assertThat(replica.output()).doesNotContain("expiry notices failed");
      }
    }
  }

  @Test
  void without_a_file_nothing_is_planned() {
    expiringSoon();
    Map<String, String> environment = environment();
    environment.remove("TOKEN_SERVICE_EXPIRY_NOTICES_WEBHOOKS_FILE");
    try (ServiceProcess replica = ServiceProcess.start(environment)) {
      assertThat(replica.metrics()).doesNotContain("osmo_expiry_notices");
    }
    assertThat(People.query("SELECT days FROM expiry_notice_pass")).isEmpty();
  }

  @Test
  void a_test_notice_needs_no_database() {
    Map<String, String> environment =
        Map.of(
            "TOKEN_SERVICE_EXPIRY_NOTICES_WEBHOOKS_FILE",
            stage.inbox().webhooksFile().toString(),
            "TOKEN_SERVICE_ISSUER",
            "https://osmo.example.com",
            "TOKEN_SERVICE_POLICY_MAX_LIFETIME",
            "P30D");
    try (ServiceProcess command = ServiceProcess.launch(environment, "test-notice")) {
      assertThat(command.exitCode()).as(command.output()).isZero();
      assertThat(command.output()).isEqualTo("inbox: accepted with status 204\n");
    }
    Received notice = stage.inbox().about("pat_" + "0".repeat(22)).getLast();
    assertThat(notice.id()).startsWith("msg_test_");
    assertThat(notice.body())
        .contains(
            "\"type\":\"notice.test\"",
            "\"page\":\"https://osmo.example.com/\"",
            "rotate example --expires-in 30d\"");

    stage.inbox().answerWith(401);
    try (ServiceProcess command = ServiceProcess.launch(environment, "test-notice")) {
      assertThat(command.exitCode()).as(command.output()).isEqualTo(1);
      assertThat(command.output()).isEqualTo("inbox: not accepted: status 401\n");
    } finally {
      stage.inbox().answerWith(204);
    }
    Map<String, String> badLifetime = new HashMap<>(environment);
    badLifetime.put("TOKEN_SERVICE_POLICY_MAX_LIFETIME", "long");
    try (ServiceProcess command = ServiceProcess.launch(badLifetime, "test-notice")) {
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.output())
          .isEqualTo("TOKEN_SERVICE_POLICY_MAX_LIFETIME is not a duration.\n");
    }
    try (ServiceProcess command = ServiceProcess.launch(Map.of(), "test-notice")) {
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.output())
          .isEqualTo("TOKEN_SERVICE_EXPIRY_NOTICES_WEBHOOKS_FILE is not set.\n");
    }
  }

  @Test
  void the_start_is_refused_with_a_policy_that_cannot_be_used() {
    assertRefused(
        "TOKEN_SERVICE_EXPIRY_NOTICES_WEBHOOKS_FILE",
        "/nowhere/webhooks.json",
        "The file of webhooks /nowhere/webhooks.json does not exist.");
    assertRefused(
        "TOKEN_SERVICE_EXPIRY_NOTICES_DAYS",
        "7,0",
        "token-service.expiry-notices.days is [7, 0] and must be one or more numbers between 1 and 365.");
    assertRefused(
        "TOKEN_SERVICE_EXPIRY_NOTICES_RETRY_FOR",
        "P8D",
        "token-service.expiry-notices.retry-for is PT192H and must be at most 7 days.");
  }

  private void assertRefused(String variable, String value, String sentence) {
    Map<String, String> environment = environment();
    environment.put(variable, value);
    try (ServiceProcess service = ServiceProcess.launch(environment)) {
      assertThat(service.awaitRefusal()).contains(sentence).doesNotContain("\tat ");
    }
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(stage.environment(folder, "t1"));
    environment.put(
        "TOKEN_SERVICE_EXPIRY_NOTICES_WEBHOOKS_FILE", stage.inbox().webhooksFile().toString());
    environment.put("TOKEN_SERVICE_EXPIRY_NOTICES_INTERVAL", "PT1S");
    return environment;
  }

  /** The id of a token of a year with six days left. */
  private static String expiringSoon() {
    Person owner = People.with(Instant.now().plus(Duration.ofDays(6)), "osmo-user");
    People.inOneTransaction(
        People.Statement.of("SET LOCAL session_replication_role = replica"),
        People.Statement.of(
            "UPDATE access_token SET created_at = now() - interval '350 days' WHERE id = ?",
            owner.patId()));
    return owner.patId();
  }
}
