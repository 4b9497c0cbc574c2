package dev.osmo.bench.removal;

import dev.osmo.bench.load.LoadResult;
import dev.osmo.bench.load.Workload;
import dev.osmo.bench.load.Wrk;
import dev.osmo.bench.report.Measurement;
import dev.osmo.bench.report.Progress;
import dev.osmo.bench.report.Section;
import dev.osmo.bench.system.Server;
import dev.osmo.bench.system.TestBed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Removes a role from users whose tokens all carry it, while the exchange is under load. */
public final class RoleRemovals implements Measurement {

  /** How many tokens carry a role that is removed. */
  private static final int FEW = 100;

  private static final int MANY = 10_000;

  /** Enough to see the latency, too few to use up the machine. */
  private static final int CONNECTIONS = 2;

  private static final String PRUNED_AFTER =
      """
      SELECT extract(epoch FROM pruned_at - removed_at)::float8 * 1000
        FROM osmo.role_removal WHERE user_id = ? AND pruned_at IS NOT NULL
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final TestBed bed;
  private final Server exchange;
  private final Server tokenService;
  private final Wrk wrk;
  private final Workload load;
  private final int rounds;
  private final int seconds;

  /**
   * @param rounds how many removals of each size
   * @param seconds of load on the exchange, before a removal and during it
   */
  public RoleRemovals(
      TestBed bed, Server exchange, Server tokenService, Wrk wrk, int rounds, int seconds) {
    this.bed = bed;
    this.exchange = exchange;
    this.tokenService = tokenService;
    this.wrk = wrk;
    this.load = bed.workloads().warm();
    this.rounds = rounds;
    this.seconds = seconds;
  }

  @Override
  public Section measure() throws IOException, InterruptedException, SQLException {
    Progress.say("removing roles");
    List<RoleRemoval> measured = new ArrayList<>();
    measured.addAll(measure("few", FEW));
    measured.addAll(measure("many", MANY));
    return new RoleRemovalTable(measured);
  }

  /**
   * Measures several removals.
   *
   * @param crowd letters, for the ids of the users
   * @param tokens how many each user has
   */
  private List<RoleRemoval> measure(String crowd, int tokens)
      throws IOException, InterruptedException, SQLException {
    bed.insertCarriers(crowd, rounds, tokens);
    List<RoleRemoval> measured = new ArrayList<>();
    try (Connection database = bed.connect()) {
      for (int round = 1; round <= rounds; round++) {
        LoadResult before = wrk.run(load, exchange.port(), CONNECTIONS, seconds);
        CompletableFuture<LoadResult> meanwhile =
            CompletableFuture.supplyAsync(
                () -> wrk.run(load, exchange.port(), CONNECTIONS, seconds));
        Thread.sleep(500); // the load is on
        String user = "%s%d@example.com".formatted(crowd, round);
        double answer = remove(user);
        double pruned = pruned(database, user);
        measured.add(new RoleRemoval(tokens, answer, pruned, before.p99(), meanwhile.join().p99()));
      }
    }
    return measured;
  }

  private double remove(String user) throws IOException, InterruptedException, SQLException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/api/auth/user/%s/roles/role-1"
                        .formatted(tokenService.port(), user)))
            .header("Authorization", "Bearer " + bed.administrator(exchange))
            .DELETE()
            .build();
    long start = System.nanoTime();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException("the role was not removed: " + response.body());
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static double pruned(Connection database, String user)
      throws SQLException, InterruptedException {
    try (PreparedStatement after = database.prepareStatement(PRUNED_AFTER)) {
      after.setString(1, user);
      while (true) {
        try (ResultSet rows = after.executeQuery()) {
          if (rows.next()) {
            return rows.getDouble(1);
          }
        }
        Thread.sleep(10);
      }
    }
  }
}
