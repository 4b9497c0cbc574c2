package dev.osmo.local.production;

import static org.awaitility.Awaitility.await;

import com.sun.security.auth.module.UnixSystem;
import dev.osmo.local.production.Operator.Running;
import dev.osmo.testkit.process.Finished;
import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/** The etcd and three PostgreSQL servers with Patroni, by the files and commands of the page. */
final class PatroniCluster implements AutoCloseable {
  private final Operator operator;
  private final PatroniRecipe recipe;
  private final String start;
  private final List<Node> nodes;
  private final List<Running> running = new ArrayList<>();

  /** A server of the page and where it is on this machine. */
  record Node(String name, int port, int api, Path data, Path configuration) {}

  /**
   * @param start the command that starts a Patroni
   * @param ports of each server and its Patroni
   */
  PatroniCluster(Operator operator, PatroniRecipe recipe, String start, List<Integer> ports) {
    this.operator = operator;
    this.recipe = recipe;
    this.start = start;
    this.nodes =
        Stream.of(1, 2, 3)
            .map(number -> node(number, ports.subList(2 * number - 2, 2 * number)))
            .toList();
  }

  private Node node(int number, List<Integer> ports) {
    String name = "db" + number;
    Path file = operator.folder().resolve("root/etc/patroni/" + name + ".yml");
    Node node =
        new Node(
            name,
            ports.get(0),
            ports.get(1),
            operator.folder().resolve("root/var/lib/postgresql/osmo-" + name),
            file);
    String own =
        recipe
            .configuration()
            .replace("db1", name)
            .replace("listen: 0.0.0.0:5432", "listen: 127.0.0.1:" + node.port())
            .replace("listen: 0.0.0.0:8008", "listen: 127.0.0.1:" + node.api())
            .replace("listen: 10.0.0.11:8008", "listen: 127.0.0.1:" + node.api());
    try {
      Files.createDirectories(file.getParent());
      Files.createDirectories(node.data().getParent());
      Files.writeString(file, operator.renamed(own));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return node;
  }

  /**
   * The first node becomes the primary, and one of the others its synchronous standby.
   *
   * @param ports of each etcd, for clients and for the others
   */
  void startAll(List<Integer> ports) {
    for (int number = 1; number <= recipe.etcds(); number++) {
      int clients = ports.get(2 * number - 2);
      int peers = ports.get(2 * number - 1);
      String command =
          recipe
              .etcd()
              .replace("name=etcd1\n", "name=etcd" + number + "\n")
              .replace("/var/lib/etcd/osmo", "etcd" + number)
              .replace("10.0.0.21:2379", "127.0.0.1:" + clients)
              .replace("10.0.0.21:2380", "127.0.0.1:" + peers)
              .replace("$name.example.com:2379", "localhost:" + clients)
              .replace("$name.example.com:2380", "localhost:" + peers);
      running.add(operator.start("etcd" + number, command));
    }
    for (int number = 1; number <= recipe.etcds(); number++) {
      String check = curl("--fail", ports.get(2 * number - 2), "/health");
      running.get(number - 1).awaitReady(operator, check);
    }
    start(nodes.getFirst());
    Running first = running.getLast();
    await()
        .atMost(Patience.LONG)
        .until(() -> hasRole(nodes.getFirst(), "leader") || !first.process().isAlive());
    if (!first.process().isAlive()) {
      throw new AssertionError(first.output());
    }
    nodes.stream().skip(1).forEach(this::start);
    awaitWhole();
  }

  /** PostgreSQL refuses to run as root, so root runs it in a user namespace. */
  void start(Node node) {
    boolean root = new UnixSystem().getUid() == 0;
    String command = start.replace("/etc/patroni/osmo.yml", node.configuration().toString());
    running.add(
        operator.start(node.name(), root ? command.replace("exec ", "exec unshare -U ") : command));
  }

  /** A primary, a synchronous standby and another standby, all of them running. */
  void awaitWhole() {
    await()
        .atMost(Patience.LONG)
        .until(
            () ->
                members().stream()
                        .map(member -> member.getString("role"))
                        .sorted()
                        .toList()
                        .equals(List.of("leader", "replica", "sync_standby"))
                    && members().stream()
                        .allMatch(
                            member ->
                                List.of("running", "streaming")
                                    .contains(member.getString("state"))));
  }

  Node primary() {
    await().atMost(Patience.LONG).until(() -> withRole("leader").size() == 1);
    return withRole("leader").getFirst();
  }

  Node synchronousStandby() {
    await().atMost(Patience.LONG).until(() -> withRole("sync_standby").size() == 1);
    return withRole("sync_standby").getFirst();
  }

  void awaitOtherPrimaryThan(Node old) {
    await()
        .atMost(Patience.LONG)
        .until(() -> nodes.stream().anyMatch(node -> !node.equals(old) && isPrimary(node)));
  }

  /** As the failure of a machine: Patroni, the server and its sessions end at once. */
  void kill(Node node) throws IOException {
    ProcessHandle postmaster = postmaster(node);
    List<ProcessHandle> sessions = postmaster.children().toList();
    patroni(node).destroyForcibly();
    postmaster.destroyForcibly();
    sessions.forEach(ProcessHandle::destroyForcibly);
    await().atMost(Patience.LONG).until(() -> !postmaster.isAlive());
  }

  /** Its server lives on. */
  void freeze(Node node) {
    operator.type("kill -STOP " + patroni(node).pid());
  }

  void thaw(Node node) {
    operator.type("kill -CONT " + patroni(node).pid());
  }

  boolean serverLives(Node node) throws IOException {
    return postmaster(node).isAlive();
  }

  private ProcessHandle patroni(Node node) {
    return running.stream()
        .filter(one -> one.log().getFileName().toString().equals(node.name() + ".log"))
        .map(one -> one.process().toHandle())
        .filter(ProcessHandle::isAlive)
        .findFirst()
        .orElseThrow();
  }

  private static ProcessHandle postmaster(Node node) throws IOException {
    String pid = Files.readAllLines(node.data().resolve("postmaster.pid")).getFirst();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private boolean hasRole(Node node, String role) {
    return withRole(role).contains(node);
  }

  private List<Node> withRole(String role) {
    List<String> names =
        members().stream()
            .filter(member -> member.getString("role").equals(role))
            .map(member -> member.getString("name"))
            .toList();
    return nodes.stream().filter(node -> names.contains(node.name())).toList();
  }

  /** What a Patroni that answers knows of all; empty if none answers. */
  private List<JsonObject> members() {
    for (Node node : nodes) {
      Finished answer = operator.attempt(curl("", node.api(), "/cluster"));
      if (answer.exitCode() == 0) {
        JsonArray members = new JsonObject(answer.output()).getJsonArray("members");
        return members == null ? List.of() : members.stream().map(JsonObject.class::cast).toList();
      }
    }
    return List.of();
  }

  private boolean isPrimary(Node node) {
    return operator.attempt(curl("--fail", node.api(), "/primary")).exitCode() == 0;
  }

  /** A frozen Patroni accepts connections and does not answer. */
  private String curl(String options, int port, String path) {
    return "curl --silent --max-time 5 %s %s %s://localhost:%d%s"
        .formatted(options, recipe.client(), recipe.scheme(), port, path);
  }

  @Override
  public void close() {
    running.reversed().forEach(Running::kill);
    for (Node node : nodes) {
      try {
        ProcessHandle postmaster = postmaster(node);
        List<ProcessHandle> sessions = postmaster.children().toList();
        postmaster.destroyForcibly();
        sessions.forEach(ProcessHandle::destroyForcibly);
      } catch (IOException | NoSuchElementException stopped) {
        // Nothing is left of it.
      }
    }
  }
}
