package dev.osmo.local.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.local.production.PublicClient.Answer;
import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients of two replicas while the database fails over. A request that is not acknowledged may
 * have happened or not, so it is forgotten. An acknowledged change is in the ledger, and every
 * later JWT must obey it, whichever replica issues it.
 */
final class FailOverLoad implements AutoCloseable {
  private static final String EXCHANGE = "/api/auth/jwt/access_token";

  /** So many changes by each replica before and after each event. */
  private static final int ENOUGH = 10;

  private static final Duration PAUSE = Duration.ofMillis(20);

  /** Both services of a replica, and how they find the primary. */
  record Replica(String way, String exchange, String tokens) {}

  private enum Kind {
    CREATED,
    ROLE_REMOVED,
    DELETED
  }

  private record Change(String user, String token, Kind kind) {}

  /** An answer that is neither a success nor a refusal: the database is away. */
  private static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private Unavailable(String message) {
      super(message);
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Replica> replicas;
  private final String administrator;
  private final List<Thread> clients = new ArrayList<>();
  private final Queue<Change> ledger = new ConcurrentLinkedQueue<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final AtomicInteger users = new AtomicInteger();
  private final Map<String, AtomicInteger> changes = new ConcurrentHashMap<>();
  private final Map<String, Instant> lastSuccess = new ConcurrentHashMap<>();
  private final Map<String, Duration> longestGap = new ConcurrentHashMap<>();
  private volatile boolean done;

  private FailOverLoad(List<Replica> replicas, String administrator) {
    this.replicas = List.copyOf(replicas);
    this.administrator = administrator.strip();
  }

  static FailOverLoad start(List<Replica> replicas, String administrator) {
    FailOverLoad load = new FailOverLoad(replicas, administrator);
    for (Replica replica : replicas) {
      load.clients.add(Thread.startVirtualThread(() -> load.change(replica)));
    }
    load.clients.add(Thread.startVirtualThread(load::present));
    return load;
  }

  /** From now on, the longest time without a success is measured. */
  void beginOutage() {
    longestGap.clear();
  }

  /** Each replica has acknowledged enough changes from now on. */
  void awaitChanges() {
    Map<String, Integer> before = new ConcurrentHashMap<>();
    changes.forEach((way, count) -> before.put(way, count.get()));
    await()
        .atMost(Patience.LONG)
        .until(
            () ->
                !violations.isEmpty()
                    || replicas.stream()
                        .allMatch(
                            replica ->
                                count(replica.way()) - before.getOrDefault(replica.way(), 0)
                                    >= ENOUGH));
    verify();
  }

  void verify() {
    assertThat(violations).isEmpty();
  }

  void report(String event) {
    System.out.println(event + ": longest time without a success: " + longestGap);
  }

  void stop() throws InterruptedException {
    done = true;
    for (Thread client : clients) {
      assertThat(client.join(Patience.LONG)).as("a client ended").isTrue();
    }
  }

  /** Each replica obeys every line of the ledger. */
  void verifyAll() {
    System.out.println(ledger.size() + " acknowledged changes, by replica: " + changes);
    for (Replica replica : replicas) {
      for (Change change : latest()) {
        boolean obeyed =
            await()
                .atMost(Patience.LONG)
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsMatching(FailOverLoad::isNoAnswer)
                .until(() -> obeys(replica, change), firstAnswer -> true);
        assertThat(obeyed).as("%s: %s", replica, change).isTrue();
      }
    }
    verify();
  }

  /** Only a request without an answer is repeated: a wrong first answer is a fault. */
  private static boolean isNoAnswer(Throwable failure) {
    return failure instanceof Unavailable || failure instanceof IOException;
  }

  /** The last change of each token, the newest at the end. */
  private List<Change> latest() {
    LinkedHashMap<String, Change> latest = new LinkedHashMap<>();
    ledger.forEach(change -> latest.putLast(change.token(), change));
    return List.copyOf(latest.values());
  }

  @Override
  public void close() {
    done = true;
    clients.forEach(Thread::interrupt);
  }

  private int count(String way) {
    return changes.getOrDefault(way, new AtomicInteger()).get();
  }

  /** Creates a user with a token, then takes its role, deletes it, or leaves it. */
  private void change(Replica replica) {
    while (!done) {
      try {
        changeOnce(replica);
      } catch (Unavailable | IOException notAcknowledged) {
        pause();
      } catch (InterruptedException closed) {
        return;
      } catch (RuntimeException broken) {
        violations.add("the client failed: " + broken);
        return;
      }
    }
  }

  private void changeOnce(Replica replica) throws IOException, InterruptedException, Unavailable {
    int number = users.incrementAndGet();
    String path = "/api/auth/user/user-" + number;
    PublicClient tokens = new PublicClient(http, replica.tokens());
    JsonObject body =
        new JsonObject()
            .put("id", "user-" + number)
            .put("roles", new JsonArray(List.of("osmo-user", "osmo-backend")));
    acknowledged(tokens.postJson("/api/auth/user", body, bearer(replica)));
    Answer created = acknowledged(tokens.postEmpty(path + "/access_token/t", bearer(replica)));
    String token = created.body().replace("\"", "");
    remember(replica, new Change("user-" + number, token, Kind.CREATED));
    switch (number % 3) {
      case 0 -> {
        acknowledged(tokens.delete(path + "/roles/osmo-backend", bearer(replica)));
        remember(replica, new Change("user-" + number, token, Kind.ROLE_REMOVED));
      }
      case 1 -> {
        acknowledged(tokens.delete(path + "/access_token/t", bearer(replica)));
        remember(replica, new Change("user-" + number, token, Kind.DELETED));
      }
      default -> {
        // It stays as it is.
      }
    }
  }

  private void remember(Replica replica, Change change) {
    ledger.add(change);
    changes.computeIfAbsent(replica.way(), unused -> new AtomicInteger()).incrementAndGet();
    succeeded("change, " + replica.way());
  }

  /** Presents the tokens of the newest changes at any replica. */
  private void present() {
    while (!done) {
      List<Change> latest = latest();
      for (Change change : latest.subList(Math.max(0, latest.size() - 50), latest.size())) {
        Replica replica = replicas.get(ThreadLocalRandom.current().nextInt(replicas.size()));
        try {
          if (!obeys(replica, change)) {
            violations.add(replica.way() + " does not obey " + change);
          }
        } catch (Unavailable | IOException away) {
          pause();
        } catch (InterruptedException closed) {
          return;
        } catch (RuntimeException broken) {
          violations.add(replica.way() + " does not answer as documented: " + broken);
          return;
        }
      }
      pause();
    }
  }

  /** Whether the answer of an exchange is right after this change. */
  private boolean obeys(Replica replica, Change change)
      throws IOException, InterruptedException, Unavailable {
    Answer answer =
        new PublicClient(http, replica.exchange())
            .postJson(EXCHANGE, new JsonObject().put("token", change.token()));
    boolean refused = answer.status() == 401;
    if (!refused) {
      acknowledged(answer);
      succeeded("exchange, " + replica.way());
    }
    return switch (change.kind()) {
      case DELETED -> refused;
      case ROLE_REMOVED -> !refused && roles(answer).equals(List.of("osmo-user"));
      // A later change of it may be on its way.
      case CREATED -> !refused || isChanged(change);
    };
  }

  private boolean isChanged(Change change) {
    int number = Integer.parseInt(change.user().substring("user-".length()));
    return number % 3 == 1;
  }

  private String[] bearer(Replica replica) throws IOException, InterruptedException, Unavailable {
    Answer answer =
        acknowledged(
            new PublicClient(http, replica.exchange())
                .postJson(EXCHANGE, new JsonObject().put("token", administrator)));
    succeeded("exchange, " + replica.way());
    return new String[] {"Authorization", "Bearer " + answer.object().getString("token")};
  }

  private static Answer acknowledged(Answer answer) throws Unavailable {
    if (answer.status() != 200) {
      throw new Unavailable(answer.status() + " " + answer.body());
    }
    return answer;
  }

  private void succeeded(String what) {
    Instant now = Instant.now();
    Instant before = lastSuccess.put(what, now);
    if (before != null) {
      longestGap.merge(
          what,
          Duration.between(before, now),
          (one, other) -> one.compareTo(other) > 0 ? one : other);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> roles(Answer answer) {
    String payload = answer.object().getString("token").split("\\.", -1)[1];
    return new JsonObject(
            new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
        .getJsonArray("roles").stream().map(String.class::cast).toList();
  }
}
