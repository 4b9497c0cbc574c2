package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A secret is reported as leaked while it makes a token of another user. The two owners' locks do
 * not order this. In any order, the new token is revoked or not created.
 */
@Tag("I3")
class LeakReportAgainstCreationTest {

  private static final String REPORT = "SELECT revoke_leaked(ARRAY[decode(?, 'hex')], 'request')";
  private static final String INSERT_SECRET =
      """
      INSERT INTO access_token_secret (id, token_id, lookup, pepper_id, phc, made_with)
      VALUES (?, ?, ?, 'p1', '$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA', ?)
      """;
  private static final String INSERT_TOKEN =
      """
      INSERT INTO access_token (id, user_id, name, expires_at, created_by, parent_id)
      VALUES (?, ?, 'planted', now() + interval '31 days', 'thief', ?)
      """;

  private final Fixture fixture = new Fixture();
  private final Session creator = Session.tokenService();
  private final Session reporter = Session.tokenService();
  private final Session superuser = Session.superuser();
  private String leaked;
  private UUID secret;
  private String lookup;
  private String victim;

  @BeforeEach
  void a_leaked_secret_and_another_user() throws SQLException {
    leaked = fixture.token(fixture.user());
    secret = fixture.secretOf(leaked);
    lookup =
        superuser.value(
            String.class,
            "SELECT encode(lookup, 'hex') FROM access_token_secret WHERE id = ?",
            secret);
    victim = fixture.user();
  }

  @AfterEach
  void close() {
    fixture.close();
    creator.close();
    reporter.close();
    superuser.close();
  }

  @Test
  void a_report_waits_for_a_creation_and_revokes_its_token() throws Exception {
    creator.begin();
    String planted = create();

    try (Waiting waiting = new Waiting()) {
      CompletableFuture<Integer> report =
          waiting.untilBlocked(reporter, () -> reporter.run(REPORT, lookup));
      assertThat(report).isNotDone();
      creator.commit();
      report.join();
    }

    assertThat(liveSecretsOf(planted)).isZero();
    assertThat(liveSecretsOf(leaked)).isZero();
  }

  @Test
  void a_creation_waits_for_a_report_and_is_refused() throws Exception {
    reporter.begin();
    reporter.run(REPORT, lookup);
    creator.begin();

    try (Waiting waiting = new Waiting()) {
      CompletableFuture<Integer> creation =
          waiting.untilBlocked(
              creator,
              () -> {
                create();
                return 1;
              });
      assertThat(creation).isNotDone();
      reporter.commit();
      assertThatThrownBy(creation::join).rootCause().hasMessageContaining("was revoked meanwhile");
    }
    creator.rollback();
  }

  @Test
  void a_secret_of_a_deleted_token_makes_no_other_one() throws SQLException {
    fixture.token(victim);
    superuser.run("DELETE FROM access_token WHERE id = ?", leaked);

    creator.begin();
    assertThatThrownBy(this::create).hasMessageContaining("was revoked meanwhile");
    creator.rollback();
  }

  private String create() throws SQLException {
    String id = Fixture.freshTokenId();
    creator.run("SELECT id FROM users WHERE id = ? FOR NO KEY UPDATE", victim);
    creator.run(INSERT_TOKEN, id, victim, leaked);
    creator.run(INSERT_SECRET, UUID.randomUUID(), id, Fixture.freshLookup(), secret);
    return id;
  }

  private long liveSecretsOf(String token) throws SQLException {
    return superuser.count("SELECT count(*) FROM live_secret WHERE token_id = ?", token);
  }
}
