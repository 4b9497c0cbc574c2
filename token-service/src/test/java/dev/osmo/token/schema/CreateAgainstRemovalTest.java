package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/**
 * A token is created while a role of its owner is removed. In any order, no token keeps a role that
 * its owner lacks, and pruning finds every snapshot row.
 */
@Tag("I6")
@Tag("I8")
class CreateAgainstRemovalTest {

  private static final String GIVE =
      "INSERT INTO access_token_role (token_id, assignment_id) VALUES (?, ?)";
  private static final String REMOVE = "DELETE FROM role_assignment WHERE id = ?";
  private static final String LOCK_OWNER = "SELECT id FROM users WHERE id = ? FOR NO KEY UPDATE";

  private final Fixture fixture = new Fixture();
  private final Session creator = Session.tokenService();
  private final Session remover = Session.tokenService();
  private final Session exchange = Session.authExchange();

  @AfterEach
  void close() {
    fixture.close();
    creator.close();
    remover.close();
    exchange.close();
  }

  @Test
  void a_removal_waits_for_a_concurrent_creation_and_prunes_its_role() throws Exception {
    String user = fixture.user();
    UUID role = fixture.grantNewRole(user);
    creator.begin();
    String token = Fixture.tokenIn(creator, user);
    creator.run(GIVE, token, role);

    try (Waiting waiting = new Waiting()) {
      CompletableFuture<Integer> removal =
          waiting.untilBlocked(remover, () -> remover.run(REMOVE, role));
      assertThat(removal).isNotDone();
      creator.commit();
      assertThat(removal.join()).isEqualTo(1);
    }

    assertThat(snapshotsOf(role)).isEqualTo(1);
    drain();
    assertThat(snapshotsOf(role)).isZero();
  }

  @Test
  void a_creation_waits_for_a_concurrent_removal_and_lacks_the_removed_role() throws Exception {
    String user = fixture.user();
    UUID role = fixture.grantNewRole(user);
    remover.begin();
    remover.run(REMOVE, role);
    creator.begin();
    String token = Fixture.tokenIn(creator, user);

    try (Waiting waiting = new Waiting()) {
      CompletableFuture<Integer> creation =
          waiting.untilBlocked(creator, () -> creator.run(GIVE, token, role));
      assertThat(creation).isNotDone();
      remover.commit();
      assertThatThrownBy(creation::join)
          .rootCause()
          .hasMessageContaining("takes only roles that its owner holds");
    }
    creator.rollback();

    assertThat(snapshotsOf(role)).isZero();
  }

  @Test
  void a_creation_succeeds_if_the_concurrent_removal_is_rolled_back() throws Exception {
    String user = fixture.user();
    UUID role = fixture.grantNewRole(user);
    remover.begin();
    remover.run(REMOVE, role);
    creator.begin();
    String token = Fixture.tokenIn(creator, user);

    try (Waiting waiting = new Waiting()) {
      CompletableFuture<Integer> creation =
          waiting.untilBlocked(creator, () -> creator.run(GIVE, token, role));
      remover.rollback();
      assertThat(creation.join()).isEqualTo(1);
    }
    creator.commit();

    assertThat(snapshotsOf(role)).isEqualTo(1);
  }

  @Test
  void a_token_cannot_be_created_while_its_owner_is_deleted() throws Exception {
    String user = fixture.user();
    UUID role = fixture.grantNewRole(user);
    creator.begin();
    String token = Fixture.tokenIn(creator, user);
    creator.run(GIVE, token, role);

    try (Waiting waiting = new Waiting()) {
      CompletableFuture<Integer> deletion =
          waiting.untilBlocked(remover, () -> remover.run("DELETE FROM users WHERE id = ?", user));
      creator.commit();
      assertThat(deletion.join()).isEqualTo(1);
    }

    assertThat(snapshotsOf(role)).isZero();
    assertThat(creator.count("SELECT count(*) FROM access_token WHERE id = ?", token)).isZero();
  }

  @Test
  void two_hundred_random_interleavings_leave_no_removed_role() throws Exception {
    Random random = new Random(20_261_123);
    List<UUID> removed = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (int round = 0; round < 200; round++) {
        String user = fixture.user();
        List<UUID> roles = List.of(fixture.grantNewRole(user), fixture.grantNewRole(user));
        boolean locksOwnerFirst = random.nextBoolean();
        int[] pauses = random.ints(4, 0, 3).toArray();

        Future<?> creation =
            threads.submit(() -> create(user, roles, locksOwnerFirst, pauses[0], pauses[1]));
        Future<?> removal = threads.submit(() -> remove(roles.getFirst(), pauses[2], pauses[3]));
        Future<?> pruning = threads.submit(this::drain);
        creation.get();
        removal.get();
        pruning.get();
        removed.add(roles.getFirst());
      }
    }

    assertThat(effectiveRolesTheirOwnersLost()).isZero();
    drain();
    assertThat(snapshotsOf(removed.toArray(UUID[]::new))).isZero();
    assertThat(
            creator.count(
                "SELECT count(*) FROM role_removal WHERE assignment_id = ANY (?) AND pruned_at IS NOT NULL",
                (Object) removed.toArray(UUID[]::new)))
        .isEqualTo(200);
  }

  private Void create(String user, List<UUID> roles, boolean lock, int before, int between)
      throws Exception {
    Thread.sleep(before);
    creator.begin();
    try {
      if (lock) {
        creator.rows(LOCK_OWNER, user);
      }
      String token = Fixture.tokenIn(creator, user);
      for (UUID role : roles) {
        creator.run(GIVE, token, role);
        Thread.sleep(between);
      }
      creator.commit();
    } catch (PSQLException refused) {
      assertThat(refused.getSQLState()).isEqualTo(Session.INTEGRITY_VIOLATION);
      creator.rollback();
    }
    return null;
  }

  private Void remove(UUID role, int before, int between) throws Exception {
    Thread.sleep(before);
    remover.begin();
    remover.run(REMOVE, role);
    Thread.sleep(between);
    remover.commit();
    return null;
  }

  private Void drain() throws SQLException {
    while (!exchange.rows("SELECT * FROM prune_removals(100)").isEmpty()) {
      // Prunes until a batch is empty.
    }
    return null;
  }

  private long snapshotsOf(UUID... assignments) throws SQLException {
    return creator.count(
        "SELECT count(*) FROM access_token_role WHERE assignment_id = ANY (?)",
        (Object) assignments);
  }

  private long effectiveRolesTheirOwnersLost() throws SQLException {
    return creator.count(
        """
        SELECT count(*) FROM access_token_role s JOIN access_token t ON t.id = s.token_id
          JOIN role_assignment effective ON effective.id = s.assignment_id
         WHERE NOT EXISTS (SELECT FROM role_assignment held
                            WHERE held.user_id = t.user_id AND held.role_name = s.role_name
                              AND held.id = s.assignment_id)
        """);
  }
}
