package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pruning deletes what is already ineffective, exactly once, with any number of pruners. */
@Tag("I8")
class PruneTest {

  private static final String PRUNE = "SELECT * FROM prune_removals(?)";

  private final Fixture fixture = new Fixture();
  private final Session exchange = Session.authExchange();
  private final Session service = Session.tokenService();

  @BeforeEach
  void nothing_is_due() throws SQLException {
    drain(exchange, 1000);
  }

  @AfterEach
  void close() {
    fixture.close();
    exchange.close();
    service.close();
  }

  @Test
  void a_removal_is_pruned_from_every_token_that_names_it() throws SQLException {
    String user = fixture.user();
    String role = fixture.role();
    UUID removed = fixture.grant(user, role);
    UUID kept = fixture.grantNewRole(user);
    String one = fixture.token(user, removed, kept);
    String other = fixture.token(user, removed);
    fixture.remove(removed);

    List<Map<String, Object>> pruned = exchange.rows(PRUNE, 10);

    assertThat(pruned)
        .singleElement()
        .satisfies(
            removal ->
                assertThat(removal)
                    .containsEntry("user_id", user)
                    .containsEntry("role_name", role)
                    .containsEntry("pruned_tokens", 2));
    assertThat(assignmentsOf(one)).containsExactly(kept);
    assertThat(assignmentsOf(other)).isEmpty();
  }

  @Test
  void a_removal_is_pruned_once_with_one_audit_row_that_names_the_tokens() throws SQLException {
    String user = fixture.user();
    String role = fixture.role();
    UUID removed = fixture.grant(user, role);
    String token = fixture.token(user, removed);
    fixture.remove(removed);

    drain(exchange, 10);
    drain(exchange, 10);

    assertThat(
            service.rows(
                """
                SELECT actor, action, details ->> 'role' AS role, details -> 'pat_ids' ->> 0 AS pat_id
                  FROM audit_event WHERE action = 'role.pruned' AND user_id = ?
                """,
                user))
        .containsExactly(
            Map.of(
                "actor",
                "osmo_auth_exchange",
                "action",
                "role.pruned",
                "role",
                role,
                "pat_id",
                token));
  }

  @Test
  void the_same_role_of_another_user_is_kept() throws SQLException {
    String role = fixture.role();
    String loser = fixture.user();
    String keeper = fixture.user();
    UUID removed = fixture.grant(loser, role);
    UUID kept = fixture.grant(keeper, role);
    String token = fixture.token(keeper, kept);
    fixture.token(loser, removed);
    fixture.remove(removed);

    drain(exchange, 10);

    assertThat(assignmentsOf(token)).containsExactly(kept);
  }

  @Test
  @Tag("I5")
  void a_role_assigned_again_before_pruning_is_pruned_from_old_tokens_and_kept_by_new_ones()
      throws SQLException {
    String user = fixture.user();
    String role = fixture.role();
    UUID removed = fixture.grant(user, role);
    String old = fixture.token(user, removed);
    fixture.remove(removed);
    UUID again = fixture.grant(user, role);
    String fresh = fixture.token(user, again);

    drain(exchange, 10);

    assertThat(assignmentsOf(old)).isEmpty();
    assertThat(assignmentsOf(fresh)).containsExactly(again);
  }

  @Test
  void a_large_backlog_is_pruned_in_batches() throws SQLException {
    String user = fixture.user();
    UUID[] removed = removedAfterUse(user, 25);

    List<Integer> batches = drain(exchange, 10);

    assertThat(batches).containsExactly(10, 10, 5);
    assertThat(unpruned(removed)).isZero();
  }

  @Test
  void a_removal_with_more_tokens_than_a_batch_is_continued_by_the_next_one() throws SQLException {
    String user = fixture.user();
    UUID removed = fixture.grantNewRole(user);
    for (int i = 0; i < 5; i++) {
      fixture.token(user, removed);
    }
    fixture.remove(removed);

    List<Map<String, Object>> first = exchange.rows(PRUNE, 2);

    assertThat(first)
        .singleElement()
        .satisfies(
            removal ->
                assertThat(removal)
                    .containsEntry("pruned_tokens", 2)
                    .containsEntry("finished", false));
    assertThat(removal(user)).containsEntry("pruned_tokens", 2).containsEntry("pruned_at", null);
    assertThat(withoutTheRole(user)).isEqualTo(5);
    assertThat(exchange.rows(PRUNE, 2)).extracting("finished").containsExactly(false);
    assertThat(exchange.rows(PRUNE, 2)).extracting("finished").containsExactly(true);
    assertThat(exchange.rows(PRUNE, 2)).isEmpty();
    assertThat(removal(user))
        .containsEntry("pruned_tokens", 5)
        .doesNotContainEntry("pruned_at", null);
    assertThat(withoutTheRole(user)).isEqualTo(5);
    assertThat(unpruned(removed)).isZero();
    assertThat(
            service.column(
                Integer.class,
                "SELECT jsonb_array_length(details -> 'pat_ids') FROM audit_event WHERE action = 'role.pruned' AND user_id = ?",
                user))
        .containsExactlyInAnyOrder(2, 2, 1);
  }

  @Test
  void a_removal_with_many_tokens_does_not_delay_the_others() throws SQLException {
    String user = fixture.user();
    UUID many = fixture.grantNewRole(user);
    for (int i = 0; i < 10; i++) {
      fixture.token(user, many);
    }
    fixture.remove(many);
    removedAfterUse(fixture.user(), 1);

    assertThat(exchange.rows(PRUNE, 4))
        .extracting(row -> row.get("pruned_tokens"), row -> row.get("finished"))
        .containsExactlyInAnyOrder(tuple(2, false), tuple(1, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "NULL"})
  void a_batch_size_below_one_is_read_as_one(String size) throws SQLException {
    removedAfterUse(fixture.user(), 2);

    assertThat(exchange.rows("SELECT * FROM prune_removals(" + size + ")")).hasSize(1);
  }

  @Test
  void an_event_without_tokens_is_marked_as_pruned() throws SQLException {
    String user = fixture.user();
    fixture.token(user, fixture.grantNewRole(user));
    service.run("DELETE FROM users WHERE id = ?", user);

    assertThat(exchange.rows(PRUNE, 10))
        .singleElement()
        .satisfies(removal -> assertThat(removal).containsEntry("pruned_tokens", 0));
  }

  @Test
  void a_second_pruner_takes_the_events_that_the_first_has_not_locked() throws SQLException {
    removedAfterUse(fixture.user(), 6);
    try (Session second = Session.authExchange()) {
      exchange.begin();
      List<Object> first = ids(exchange.rows(PRUNE, 4));

      List<Object> rest = ids(second.rows(PRUNE, 10));
      exchange.commit();

      assertThat(first).hasSize(4);
      assertThat(rest).hasSize(2).doesNotContainAnyElementsOf(first);
      assertThat(exchange.rows(PRUNE, 10)).isEmpty();
    }
  }

  @Test
  void the_events_of_a_crashed_pruner_are_pruned_by_the_next() throws SQLException {
    UUID[] removed = removedAfterUse(fixture.user(), 3);
    try (Session dying = Session.authExchange()) {
      dying.begin();
      dying.rows(PRUNE, 10);
      dying.rollback();
    }

    assertThat(exchange.rows(PRUNE, 10)).hasSize(3);
    assertThat(unpruned(removed)).isZero();
  }

  @Test
  void concurrent_pruners_prune_every_event_once() throws Exception {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      users.add(fixture.user());
      removedAfterUse(users.getLast(), 10);
    }

    List<Object> pruned = inParallel(4, () -> drainIds(7));

    assertThat(pruned).hasSize(100).doesNotHaveDuplicates();
    for (String user : users) {
      assertThat(
              service.count(
                  "SELECT count(*) FROM audit_event WHERE action = 'role.pruned' AND user_id = ?",
                  user))
          .isEqualTo(10);
    }
  }

  @Test
  void pruners_and_deletions_of_the_same_tokens_and_users_do_not_deadlock() throws Exception {
    for (int round = 0; round < 20; round++) {
      String user = fixture.user();
      List<UUID> roles = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        roles.add(fixture.grantNewRole(user));
      }
      List<String> tokens = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        // The rows of each token are stored in another order.
        Collections.rotate(roles, 3);
        tokens.add(fixture.token(user, roles.toArray(UUID[]::new)));
      }
      for (UUID role : roles) {
        fixture.remove(role);
      }
      String token = tokens.getFirst();
      boolean everything = round % 2 == 0;

      List<Callable<List<Object>>> work =
          List.of(() -> drainIds(8), () -> delete(user, token, everything));

      assertThat(inParallel(work)).hasSize(8);
    }
  }

  @Test
  void during_the_deletion_of_a_user_the_pruner_waits_without_holding_locks() throws Exception {
    String user = fixture.user();
    UUID removed = fixture.grantNewRole(user);
    UUID kept = fixture.grantNewRole(user);
    List<String> tokens = tokensWhoseRowsLieBackwards(user, removed, kept);
    fixture.remove(removed);
    try (Session bystander = Session.superuser();
        Waiting deleting = new Waiting();
        Waiting pruning = new Waiting()) {
      bystander.begin();
      bystander.rows(
          "SELECT 1 FROM access_token_role WHERE token_id = ? AND assignment_id = ? FOR UPDATE",
          tokens.get(1),
          kept);
      CompletableFuture<Integer> deletion =
          deleting.untilBlocked(service, () -> service.run("DELETE FROM users WHERE id = ?", user));
      CompletableFuture<Integer> pruned =
          pruning.untilBlocked(exchange, () -> exchange.rows(PRUNE, 10).size());
      bystander.commit();

      assertThat(deletion.join()).isEqualTo(1);
      assertThat(pruned.join()).isEqualTo(1);
    }
  }

  /** Pruning reaches the last token first, the deletion of the user reaches the first. */
  private List<String> tokensWhoseRowsLieBackwards(String user, UUID... assignments)
      throws SQLException {
    service.begin();
    List<String> tokens = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      tokens.add(Fixture.freshTokenId());
      service.run(
          "INSERT INTO access_token (id, user_id, name, expires_at, created_by) VALUES (?, ?, ?, now() + interval '1 day', ?)",
          tokens.getLast(),
          user,
          name,
          user);
    }
    for (String token : tokens.reversed()) {
      for (UUID assignment : assignments) {
        service.run(
            "INSERT INTO access_token_role (token_id, assignment_id) VALUES (?, ?)",
            token,
            assignment);
      }
    }
    service.commit();
    return tokens;
  }

  private static List<Object> delete(String user, String token, boolean everything)
      throws SQLException {
    try (Session session = Session.tokenService()) {
      if (everything) {
        session.run("DELETE FROM users WHERE id = ?", user);
      } else {
        session.run("DELETE FROM access_token WHERE id = ?", token);
      }
      return List.of();
    }
  }

  private UUID[] removedAfterUse(String user, int count) throws SQLException {
    UUID[] assignments = new UUID[count];
    for (int i = 0; i < count; i++) {
      assignments[i] = fixture.grantNewRole(user);
    }
    fixture.token(user, assignments);
    for (UUID assignment : assignments) {
      fixture.remove(assignment);
    }
    return assignments;
  }

  private Map<String, Object> removal(String user) throws SQLException {
    return service
        .rows("SELECT pruned_tokens, pruned_at FROM role_removal WHERE user_id = ?", user)
        .getFirst();
  }

  /** Whether or not they are pruned. */
  private long withoutTheRole(String user) throws SQLException {
    return service.count(
        """
        SELECT count(*) FROM removed_role r JOIN access_token t ON t.id = r.token_id WHERE t.user_id = ?
        """,
        user);
  }

  private List<UUID> assignmentsOf(String token) throws SQLException {
    return service.column(
        UUID.class, "SELECT assignment_id FROM access_token_role WHERE token_id = ?", token);
  }

  private long unpruned(UUID... assignments) throws SQLException {
    return service.count(
        """
        SELECT (SELECT count(*) FROM access_token_role WHERE assignment_id = ANY (?))
             + (SELECT count(*) FROM role_removal WHERE assignment_id = ANY (?) AND pruned_at IS NULL)
        """,
        assignments,
        assignments);
  }

  /** Returns the sizes of the batches until one is empty. */
  private static List<Integer> drain(Session session, int batch) throws SQLException {
    List<Integer> sizes = new ArrayList<>();
    for (int n = session.rows(PRUNE, batch).size(); n > 0; n = session.rows(PRUNE, batch).size()) {
      sizes.add(n);
    }
    return sizes;
  }

  private static List<Object> drainIds(int batch) throws SQLException {
    try (Session session = Session.authExchange()) {
      List<Object> all = new ArrayList<>();
      for (List<Map<String, Object>> some = session.rows(PRUNE, batch);
          !some.isEmpty();
          some = session.rows(PRUNE, batch)) {
        all.addAll(ids(some));
      }
      return all;
    }
  }

  /** The removals of which no token is left. */
  private static List<Object> ids(List<Map<String, Object>> pruned) {
    return pruned.stream()
        .filter(row -> row.get("finished").equals(true))
        .map(row -> row.get("removal_id"))
        .toList();
  }

  private static List<Object> inParallel(int times, Callable<List<Object>> work) throws Exception {
    return inParallel(Collections.nCopies(times, work));
  }

  private static List<Object> inParallel(List<Callable<List<Object>>> work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
      List<Object> all = new ArrayList<>();
      for (Future<List<Object>> one : threads.invokeAll(work)) {
        all.addAll(one.get());
      }
      return all;
    }
  }
}
