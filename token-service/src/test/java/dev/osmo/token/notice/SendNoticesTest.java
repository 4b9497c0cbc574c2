package dev.osmo.token.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Exchange;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.People.Statement;
import dev.osmo.token.testing.Stage;
import dev.osmo.token.testing.WebhookInbox;
import dev.osmo.token.testing.WebhookInbox.Received;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real requests to a real receiver. {@code ExpiryNoticeTest} is about what is due, and when. */
@QuarkusTest
class SendNoticesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject SendNotices notices;
  @Inject MeterRegistry meters;

  private final WebhookInbox inbox = Stage.current().inbox();

  @BeforeEach
  void nothing_else_is_due() throws Throwable {
    inbox.answerWith(204);
    run();
  }

  @AfterEach
  void accept_what_is_left() {
    inbox.answerWith(204);
  }

  @Test
  @Tag("I1")
  void a_receiver_gets_a_signed_notice_without_a_secret_and_without_roles() throws Throwable {
    Person owner = People.with("osmo-user");
    String token = expiring(owner, "nightly", "6 days 12 hours");

    run();

    Received notice = only(token);
    assertThat(notice.type()).isEqualTo("application/json");
    assertThat(notice.id()).matches("msg_[0-9a-f]{32}");
    assertThat(Instant.ofEpochSecond(Long.parseLong(notice.timestamp())))
        .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(1));
    assertThat(notice.signature().split(" "))
        .containsExactly(
            signature(WebhookInbox.SECRET, notice), signature(WebhookInbox.NEXT_SECRET, notice));
    JsonNode body = JSON.readTree(notice.body());
    assertThat(names(body)).containsExactlyInAnyOrder("type", "timestamp", "data");
    assertThat(body.path("type").asText()).isEqualTo("token.expiring");
    JsonNode data = body.path("data");
    assertThat(names(data)).containsExactlyInAnyOrder("token", "expires_at", "days_left", "renew");
    assertThat(data.path("token").toString())
        .isEqualTo(
            "{\"id\":\"%s\",\"name\":\"nightly\",\"owner\":\"%s\"}".formatted(token, owner.id()));
    assertThat(data.path("days_left").asInt()).isEqualTo(7);
    assertThat(Instant.parse(data.path("expires_at").asText()))
        .isBetween(Instant.now().plusSeconds(6 * 86_400), Instant.now().plusSeconds(7 * 86_400));
    assertThat(data.path("renew").path("command").asText())
        .isEqualTo("osmo token rotate nightly --expires-in 90d");
    assertThat(data.path("renew").path("page").asText()).isEqualTo(Exchange.ISSUER + "/");
  }

  @Test
  void a_notice_that_is_not_accepted_is_repeated_later_with_the_same_id() throws Throwable {
    String token = expiring(People.with("osmo-user"), "nightly", "6 days");
    double failed = counted("failed");
    double delivered = counted("delivered");
    inbox.answerWith(500);

    run();
    run();
    assertThat(inbox.about(token)).as("not before the pause is over").hasSize(1);

    pauseIsOver(token);
    inbox.answerWith(200);
    run();
    pauseIsOver(token);
    run();

    assertThat(inbox.about(token)).hasSize(2);
    assertThat(inbox.about(token).stream().map(Received::id).distinct()).hasSize(1);
    assertThat(counted("failed")).isEqualTo(failed + 1);
    assertThat(counted("delivered")).isEqualTo(delivered + 1);
    assertThat(
            People.query(
                "SELECT action || ' ' || (details ->> 'attempts') FROM audit_event WHERE pat_id = ?",
                token))
        .containsExactly("notice.delivered 2");
  }

  @Test
  @Tag("I9")
  void a_redirect_is_not_followed() throws Throwable {
    String token = expiring(People.with("osmo-user"), "nightly", "6 days");
    inbox.answerWith(307);

    run();

    assertThat(inbox.about(token)).extracting(Received::path).containsExactly("/hook");
    assertThat(outcome(token)).containsExactly((String) null);
  }

  @Test
  @Tag("I3")
  void a_token_that_was_deleted_since_the_last_attempt_is_not_mentioned_again() throws Throwable {
    Person owner = People.with("osmo-user");
    String token = expiring(owner, "nightly", "6 days");
    inbox.answerWith(500);
    run();

    Api.as(owner).delete("/api/auth/access_token/nightly").then().statusCode(200);
    inbox.answerWith(204);
    run();

    assertThat(inbox.about(token)).hasSize(1);
    assertThat(outcome(token)).isEmpty();
  }

  @Test
  @Tag("I3")
  void a_disabled_owner_and_a_suspended_token_get_no_notice() throws Throwable {
    Person left = People.with("osmo-user");
    Person here = People.with("osmo-user");
    String ofLeft = expiring(left, "nightly", "6 days");
    String suspended = expiring(here, "nightly", "6 days");
    inbox.answerWith(500);
    run();
    double obsolete = counted("obsolete");

    People.execute("UPDATE users SET disabled_at = now() WHERE id = ?", left.id());
    Api.as(here).post("/api/auth/access_token/nightly/suspend").then().statusCode(200);
    inbox.answerWith(204);
    pauseIsOver(ofLeft);
    pauseIsOver(suspended);
    run();

    assertThat(inbox.about(ofLeft)).hasSize(1);
    assertThat(inbox.about(suspended)).hasSize(1);
    assertThat(outcome(ofLeft)).containsExactly("obsolete");
    assertThat(outcome(suspended)).containsExactly("obsolete");
    assertThat(counted("obsolete")).isEqualTo(obsolete + 2);
  }

  @Test
  @Tag("I3")
  void a_rotation_that_extends_the_token_ends_its_notice() throws Throwable {
    Person owner = People.with("osmo-user");
    String extended = expiring(owner, "extended", "6 days");
    String rotated = expiring(owner, "rotated", "6 days");
    inbox.answerWith(500);
    run();

    rotate(owner, "extended?expires_in=200d");
    rotate(owner, "rotated");
    inbox.answerWith(204);
    pauseIsOver(extended);
    pauseIsOver(rotated);
    run();

    assertThat(outcome(extended)).containsExactly("obsolete");
    assertThat(inbox.about(extended)).hasSize(1);
    assertThat(outcome(rotated))
        .as("it still expires on the same day")
        .containsExactly("delivered");
  }

  @Test
  void two_replicas_at_once_send_each_notice_once() throws Throwable {
    Person owner = People.with("osmo-user");
    List<String> tokens =
        IntStream.range(0, 100).mapToObj(n -> expiring(owner, "many" + n, "6 days")).toList();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture.allOf(
              Stream.of(1, 2)
                  .map(unused -> CompletableFuture.runAsync(this::runUnchecked, threads))
                  .toArray(CompletableFuture[]::new))
          .join();
    }
    run();

    for (String token : tokens) {
      assertThat(inbox.about(token)).as(token).hasSize(1);
      assertThat(outcome(token)).containsExactly("delivered");
    }
  }

  /** Otherwise those after it would be sent again, and the counts would be wrong. */
  @Test
  void what_was_delivered_is_recorded_although_the_record_of_another_fails() throws Throwable {
    Person owner = People.with("osmo-user");
    List<String> tokens =
        IntStream.range(0, 5).mapToObj(n -> expiring(owner, "many" + n, "6 days")).toList();
    double delivered = counted("delivered");
    People.execute("CREATE SEQUENCE osmo.records");
    People.execute(
        """
        CREATE FUNCTION osmo.refuse_the_first_record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          IF nextval('osmo.records') = 1 THEN
            RAISE EXCEPTION 'the first record fails';
          END IF;
          RETURN NEW;
        END
        $$
        """);
    People.execute(
        "CREATE TRIGGER planted BEFORE UPDATE ON expiry_notice FOR EACH ROW WHEN (NEW.outcome = 'delivered') EXECUTE FUNCTION osmo.refuse_the_first_record()");
    try {
      assertThatThrownBy(this::run).hasStackTraceContaining("the first record fails");
    } finally {
      People.execute("DROP FUNCTION osmo.refuse_the_first_record() CASCADE");
      People.execute("DROP SEQUENCE osmo.records");
    }

    assertThat(tokens.stream().flatMap(token -> outcome(token).stream()))
        .filteredOn("delivered"::equals)
        .hasSize(4);
    assertThat(counted("delivered")).isEqualTo(delivered + 4);
  }

  private void run() throws Throwable {
    notices.plan();
    notices.sendTo(notices.clients().getFirst());
  }

  private void runUnchecked() {
    try {
      run();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static void rotate(Person owner, String token) {
    Api.as(People.signedIn(owner).login())
        .post("/api/auth/access_token/" + token.replaceFirst("(?=\\?|$)", "/rotate"))
        .then()
        .statusCode(200);
  }

  /** A token of a year, of which this is left. */
  private static String expiring(Person owner, String name, String left) {
    String id = "pat_" + UUID.randomUUID().toString().replace("-", "").substring(0, 22);
    byte[] lookup = new byte[32];
    Arrays.fill(lookup, (byte) id.hashCode());
    System.arraycopy(id.getBytes(java.nio.charset.StandardCharsets.UTF_8), 4, lookup, 0, 22);
    People.inOneTransaction(
        Statement.of(
            """
            INSERT INTO access_token (id, user_id, name, expires_at, created_at, created_by)
            VALUES (?, ?, ?, now() + CAST(? AS interval), now() - interval '350 days', 'test')
            """,
            id,
            owner.id(),
            name,
            left),
        Statement.of(
            "INSERT INTO access_token_secret (token_id, lookup, pepper_id, phc) VALUES (?, ?, 't1', '$argon2id$x')",
            id,
            lookup));
    // The passes of the last run have gone beyond it: in production, a token comes nearer.
    People.execute(
        "UPDATE expiry_notice_pass SET expires_at = now() - interval '1 day', token_id = ''");
    return id;
  }

  private static void pauseIsOver(String token) {
    People.execute(
        "UPDATE expiry_notice SET next_attempt_at = now() - interval '1 second' WHERE token_id = ?",
        token);
  }

  private static List<String> outcome(String token) {
    return People.query("SELECT outcome FROM expiry_notice WHERE token_id = ?", token);
  }

  private double counted(String outcome) {
    return meters
        .counter("osmo.expiry.notices", "webhook", WebhookInbox.NAME, "outcome", outcome)
        .count();
  }

  private Received only(String token) {
    assertThat(inbox.about(token)).hasSize(1);
    return inbox.about(token).getFirst();
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(java.util.Map.Entry::getKey).toList();
  }

  /** Written once more here, as the standard has it. */
  private static String signature(byte[] secret, Received notice) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    String signed = notice.id() + "." + notice.timestamp() + "." + notice.body();
    return "v1,"
        + Base64.getEncoder()
            .encodeToString(mac.doFinal(signed.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }
}
