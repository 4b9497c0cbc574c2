package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every secret that is inserted as token-service has an audit row. */
@Tag("I7")
class SecretTraceTest {

  private static final String TRAIL =
      "SELECT action || ' by ' || actor FROM audit_event WHERE pat_id = ? ORDER BY id";
  private static final String OWN_ROW =
      "INSERT INTO audit_event (actor, action, user_id, pat_id) VALUES ('somebody', ?, ?, ?)";

  private final Fixture fixture = new Fixture();
  private final Session service = Session.tokenService();
  private final Session superuser = Session.superuser();
  private String user;
  private String token;

  @BeforeEach
  void a_token_whose_creation_is_audited() throws SQLException {
    user = fixture.user();
    service.begin();
    token = Fixture.tokenIn(service, user);
    service.run(OWN_ROW, "token.created", user, token);
    service.commit();
  }

  @AfterEach
  void close() {
    fixture.close();
    service.close();
    superuser.close();
  }

  @Test
  void a_creation_with_an_audit_row_gets_no_second_one() throws SQLException {
    assertThat(trail()).containsExactly("token.created by somebody");
  }

  @Test
  void a_secret_inserted_without_an_audit_row_gets_one_with_its_id() throws SQLException {
    service.begin();
    UUID secret = Fixture.secretIn(service, token);
    service.commit();

    assertThat(trail())
        .containsExactly("token.created by somebody", "secret.added by osmo_token_service");
    assertThat(
            superuser.column(
                String.class,
                "SELECT details->>'secret_id' FROM audit_event WHERE pat_id = ? AND action = 'secret.added'",
                token))
        .isEqualTo(List.of(secret.toString()));
  }

  @Test
  void an_audit_row_of_another_token_or_change_does_not_count() throws SQLException {
    service.begin();
    Fixture.secretIn(service, token);
    service.run(OWN_ROW, "token.rotated", user, Fixture.freshTokenId());
    service.run(OWN_ROW, "token.suspended", user, token);
    service.commit();

    assertThat(trail()).contains("secret.added by osmo_token_service");
  }

  @Test
  void a_rotation_with_an_audit_row_gets_no_second_one() throws SQLException {
    service.begin();
    Fixture.secretIn(service, token);
    service.run(OWN_ROW, "token.rotated", user, token);
    service.commit();

    assertThat(trail()).containsExactly("token.created by somebody", "token.rotated by somebody");
  }

  @Test
  void the_service_can_neither_defer_nor_delete_the_audit_row() throws SQLException {
    service.begin();
    Fixture.secretIn(service, token);
    service.run("SET CONSTRAINTS ALL DEFERRED");
    service.commit();
    service.begin();
    service.refuses(
        Session.PERMISSION_DENIED, "DELETE FROM audit_event WHERE action = 'secret.added'");
    service.refuses(
        Session.PERMISSION_DENIED, "ALTER TABLE access_token_secret DISABLE TRIGGER ALL");
    service.rollback();

    assertThat(trail()).contains("secret.added by osmo_token_service");
  }

  private List<String> trail() throws SQLException {
    return superuser.column(String.class, TRAIL, token);
  }
}
