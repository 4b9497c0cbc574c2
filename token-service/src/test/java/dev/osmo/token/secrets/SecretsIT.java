package dev.osmo.token.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.contracts.TestTokens;
import dev.osmo.testkit.files.FileSearch;
import dev.osmo.testkit.http.RecordedResponse;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Request;
import dev.osmo.token.testing.Stage;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service with everything logged, on a PostgreSQL that logs every statement. */
@Tag("I1")
class SecretsIT {

  private static final Pattern TOKEN = Pattern.compile("osmo_[0-9A-Za-z]{34}");
  private static final String TOKENS = "/api/auth/access_token";
  private static final String MARK = "a-description-to-be-found";
  private static final String BOOTSTRAP = TestTokens.of('q');

  private static Stage stage;

  @TempDir Path folder;

  private final List<RecordedResponse> answers = new ArrayList<>();

  @BeforeAll
  static void set() {
    stage = Stage.set(MigratedPostgres.startLoggingEverything());
    stage.exchange().comeUp();
  }

  @AfterAll
  static void clear() {
    stage.close();
  }

  @Test
  void the_text_of_a_token_is_in_one_answer_and_nowhere_else() throws IOException {
    List<String> texts;
    String signature;
    String log;
    try (ServiceProcess service = ServiceProcess.launch(environment()).awaitReady()) {
      RestAssured.port = service.address().getPort();
      texts = useTokens();
      signature = useIdToken();
      log = service.output();
    }
    People.execute("CHECKPOINT");

    assertThat(log).contains(" TRACE ").contains(MARK).contains("bootstrap token applied");
    assertThat(log).doesNotContainPattern(TOKEN);
    FileSearch database = new FileSearch(stage.postgres().dataDirectory());
    assertThat(database.filesWith(MARK)).anyMatch(f -> f.startsWith("base/"));
    assertThat(database.filesWith(MARK)).anyMatch(f -> f.startsWith("pg_wal/"));
    assertThat(database.filesWith("INSERT INTO access_token")).anyMatch(f -> f.startsWith("log/"));
    for (String text : texts) {
      assertThat(answersWith(text)).hasSize(1);
      assertThat(entriesWith(text.substring(5, 33), log)).isEmpty();
      assertThat(database.filesWith(text.substring(5, 33))).isEmpty();
    }
    assertThat(answers).noneMatch(one -> one.headersAndBody().contains(signature));
    assertThat(entriesWith(signature, log)).isEmpty();
    assertThat(database.filesWith(signature)).isEmpty();
    assertThat(answersWith(BOOTSTRAP)).isEmpty();
    assertThat(entriesWith(BOOTSTRAP.substring(5, 33), log)).isEmpty();
    assertThat(database.filesWith(BOOTSTRAP.substring(5, 33))).isEmpty();
  }

  private List<RecordedResponse> answersWith(String text) {
    return answers.stream()
        .filter(one -> one.headersAndBody().contains(text.substring(5, 33)))
        .toList();
  }

  /** The first line of each entry with the text. An entry includes its stack trace. */
  private static List<String> entriesWith(String secret, String log) {
    return Pattern.compile("\\n(?=\\d{4}-\\d\\d-\\d\\dT)")
        .splitAsStream(log)
        .filter(entry -> entry.contains(secret))
        .map(entry -> entry.lines().findFirst().orElse(""))
        .toList();
  }

  /** Sends token texts in the right places and in wrong ones. */
  private List<String> useTokens() {
    Person user = People.with("osmo-user");
    Person administrator = People.administrator();
    Awaitility.await()
        .atMost(Patience.LONG)
        .until(() -> Request.of("GET", TOKENS).as(user).send().status() == 200);
    String first = tokenIn(call(Request.of("POST", TOKENS + "/ci?description=" + MARK).as(user)));
    String second = tokenIn(call(Request.of("POST", TOKENS + "/ci/rotate").as(user)));
    Request once = Request.of("POST", TOKENS + "/once").as(user).header("Idempotency-Key", "once");
    String third = tokenIn(call(once));
    assertThat(call(once).status()).isEqualTo(409);
    for (String text : List.of(first, second, third)) {
      for (String path : List.of("", "/ci", "/ci/roles", "/self")) {
        call(Request.of("GET", TOKENS + path).as(user));
        call(Request.of("GET", TOKENS + path).bearer(text));
      }
      misplaced(user, administrator, text);
    }
    People.execute("ALTER TABLE osmo.audit_event ADD CONSTRAINT planted CHECK (false) NOT VALID");
    assertThat(call(Request.of("POST", TOKENS + "/lost").as(user)).status()).isEqualTo(500);
    People.execute("ALTER TABLE osmo.audit_event DROP CONSTRAINT planted");
    assertThat(call(leak(first)).status()).isEqualTo(202);
    call(Request.of("DELETE", TOKENS + "/ci").as(user));
    return List.of(first, second, third);
  }

  /** Sends an ID token in the right place and in wrong ones. Returns its signature. */
  private String useIdToken() {
    String token = stage.provider().idToken("creates", "person", "person").text();
    String session = "/api/auth/session";
    assertThat(call(idToken(session, token, "creates-client")).status()).isEqualTo(200);
    assertThat(call(idToken(session, token, "strict-client")).status()).isEqualTo(401);
    assertThat(call(idToken(session, token + "x", "creates-client")).status()).isEqualTo(401);
    call(idToken("/api/auth/user", token, "creates-client").as(People.administrator()));
    call(Request.of("POST", session).json("{\"id_token\":" + token + "}"));
    call(Request.of("POST", session).json("{\"" + token + "\":1}"));
    call(Request.of("POST", session).json("{\"session_id\":\"" + token + "\"}"));
    call(Request.of("GET", TOKENS).bearer(token));
    return token.substring(token.lastIndexOf('.') + 1);
  }

  private static Request idToken(String address, String token, String client) {
    return Request.of("POST", address)
        .json("{\"id_token\":\"" + token + "\",\"client_id\":\"" + client + "\"}");
  }

  private void misplaced(Person user, Person administrator, String text) {
    call(Request.of("GET", TOKENS).as(user).header("X-Request-Id", text));
    call(Request.of("POST", TOKENS + "/x").as(user).header("Idempotency-Key", text));
    for (String body :
        List.of(
            "{\"id\":\"" + text + "\"}",
            "{\"id\":\"x\",\"roles\":[\"" + text + "\"]}",
            "{\"" + text + "\":1}",
            "{\"id\":" + text + "}",
            text)) {
      assertThat(call(Request.of("POST", "/api/auth/user").as(administrator).json(body)).status())
          .as(body)
          .isBetween(400, 422);
    }
    call(
        Request.of("POST", "/api/auth/user/" + user.id() + "/roles")
            .as(administrator)
            .json("{\"role_name\":\"" + text + "\"}"));
    call(
        Request.of("POST", "/api/auth/roles/osmo-user/users")
            .as(administrator)
            .json("{\"user_ids\":[\"" + text + "\"]}"));
  }

  private static Request leak(String text) {
    return Request.of("POST", "/api/auth/leaked").json("{\"tokens\":[\"" + text + "\"]}");
  }

  private RecordedResponse call(Request request) {
    RecordedResponse answer = request.send();
    answers.add(answer);
    return answer;
  }

  private static String tokenIn(RecordedResponse answer) {
    Matcher found = TOKEN.matcher(answer.body());
    assertThat(found.find()).as(answer.body()).isTrue();
    return found.group();
  }

  private Map<String, String> environment() throws IOException {
    Map<String, String> environment = stage.environment(folder, "t1");
    environment.put("QUARKUS_LOG_LEVEL", "TRACE");
    environment.put(
        "TOKEN_SERVICE_BOOTSTRAP_TOKEN_FILE",
        Files.writeString(folder.resolve("token"), BOOTSTRAP).toString());
    return environment;
  }
}
