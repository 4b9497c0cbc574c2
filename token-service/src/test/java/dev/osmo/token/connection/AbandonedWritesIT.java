package dev.osmo.token.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.contracts.TestTokens;
import dev.osmo.testkit.http.RecordedResponse;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Request;
import dev.osmo.token.testing.Stage;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * More clients than connections write at the same time and hang up before the response, with the
 * real cost of a hash. Runs with {@code -Dabandoned=480}, or with more requests.
 */
@Tag("I10")
@EnabledIfSystemProperty(named = "abandoned", matches = "[0-9]+")
class AbandonedWritesIT {

  private static final int CLIENTS = 48;
  private static final int REQUESTS = Integer.getInteger("abandoned", 480);
  private static final int LONGEST_MILLIS = 150;
  private static final int SHORTEST_MILLIS = 10;
  private static final int POOL = 16;
  private static final Duration PATIENCE = Patience.LONG;
  private static final Pattern NONE_IN_USE = Pattern.compile("\nsql_pool_active\\{.*} 0\\.0\n");

  private static Stage stage;
  private static ServiceProcess service;

  @BeforeAll
  static void start(@TempDir Path folder) {
    stage = Stage.set();
    stage.exchange().comeUp();
    service = ServiceProcess.start(stage.environment(folder, "t1"));
    RestAssured.port = service.address().getPort();
  }

  @AfterAll
  static void stop() {
    service.close();
    stage.close();
  }

  @Test
  void the_pool_keeps_all_its_connections_when_clients_hang_up() {
    List<Person> people = IntStream.range(0, 8).mapToObj(i -> People.with("osmo-user")).toList();
    await().atMost(PATIENCE).until(() -> read(people.getFirst()).status() == 200);

    Thread[] clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(i -> Thread.ofVirtual().start(() -> hangUp(people, new Random(i))))
            .toArray(Thread[]::new);
    for (Thread client : clients) {
      join(client);
    }

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(service.metrics()).containsPattern(NONE_IN_USE));
    assertThat(
            IntStream.range(0, POOL * 4).parallel().mapToObj(i -> read(people.getFirst()).status()))
        .containsOnly(200);
  }

  private static RecordedResponse read(Person person) {
    return Request.of("GET", "/api/auth/access_token").as(person).send();
  }

  private static void hangUp(List<Person> people, Random random) {
    for (int i = 0; i < REQUESTS / CLIENTS; i++) {
      Person person = people.get(random.nextInt(people.size()));
      String name = "t" + random.nextInt(1_000_000);
      hangUp(
          switch (random.nextInt(4)) {
            case 0 -> head("POST /api/auth/access_token/" + name, person) + "\r\n";
            case 1 -> head("POST /api/profile/settings", person) + body("{\"pool\":\"p\"}");
            case 2 -> head("DELETE /api/auth/access_token/" + name, person) + "\r\n";
            default ->
                "POST /api/auth/leaked HTTP/1.1\r\nHost: x\r\n"
                    + body("{\"tokens\":[\"" + TestTokens.of('0') + "\"]}");
          },
          SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS));
    }
  }

  private static String head(String line, Person person) {
    return line + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + person.login().text() + "\r\n";
  }

  private static String body(String json) {
    return "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(json.length(), json);
  }

  /** Sends the request, and resets the connection a little later. */
  private static void hangUp(String request, int millis) {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      client.setSoLinger(true, 0);
      client.getOutputStream().write(request.getBytes(US_ASCII));
      client.getOutputStream().flush();
      Thread.sleep(millis);
    } catch (IOException e) {
      throw new AssertionError("the service takes no connection", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread client) {
    try {
      client.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
