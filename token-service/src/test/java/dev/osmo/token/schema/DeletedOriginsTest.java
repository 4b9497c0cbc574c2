package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The origins of deleted tokens are kept as long as live tokens may derive from them. */
class DeletedOriginsTest {

  private static final String AGE =
      "UPDATE deleted_token_origin SET deleted_at = deleted_at - CAST(? AS interval) WHERE id = ?";

  private final Fixture fixture = new Fixture();
  private final Session service = Session.tokenService();
  private final Session superuser = Session.superuser();
  private String user;

  @BeforeEach
  void a_user_without_expired_origins_of_others() throws SQLException {
    user = fixture.user();
    superuser.run("DELETE FROM deleted_token_origin");
  }

  @AfterEach
  void close() {
    fixture.close();
    service.close();
    superuser.close();
  }

  @Test
  void an_origin_is_deleted_when_no_token_can_be_as_old() throws SQLException {
    String young = deleted(Fixture.freshTokenId());
    String old = deleted(Fixture.freshTokenId());
    age(young, "365 days");
    age(old, "367 days");

    delete(fixture.token(user));

    assertThat(remembered()).containsExactly(young);
  }

  /** Its expiry was moved repeatedly. */
  @Test
  void a_long_lived_token_keeps_all_its_origins() throws SQLException {
    String root = fixture.token(user);
    String child = madeWith(root);
    String grandchild = madeWith(child);
    String live = madeWith(grandchild);
    for (String token : List.of(child, grandchild)) {
      delete(token);
      age(token, "1000 days");
    }

    delete(fixture.token(user));

    assertThat(remembered()).containsExactlyInAnyOrder(child, grandchild);
    assertThat(service.column(String.class, "SELECT derived_tokens(ARRAY[?])", root))
        .containsExactly(live);
  }

  @Test
  void the_origins_of_a_deleted_family_are_deleted_in_the_end() throws SQLException {
    String child = madeWith(Fixture.freshTokenId());
    String grandchild = madeWith(child);
    for (String token : List.of(grandchild, child)) {
      delete(token);
      age(token, "367 days");
    }

    delete(fixture.token(user));
    delete(fixture.token(user));

    assertThat(remembered()).isEmpty();
  }

  @Test
  void one_deletion_cleans_up_a_limited_number_of_origins() throws SQLException {
    List<String> old = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      old.add(deleted(Fixture.freshTokenId()));
    }
    for (String token : old) {
      age(token, "367 days");
    }

    delete(fixture.token(user));
    assertThat(remembered()).hasSize(5);
    delete(fixture.token(user));
    assertThat(remembered()).isEmpty();
  }

  private String deleted(String parent) throws SQLException {
    String token = madeWith(parent);
    delete(token);
    return token;
  }

  private String madeWith(String parent) throws SQLException {
    String id = Fixture.freshTokenId();
    service.run(
        "INSERT INTO access_token (id, user_id, name, expires_at, created_by, parent_id) VALUES (?, ?, ?, now() + interval '1 day', 'test', ?)",
        id,
        user,
        Fixture.fresh("name"),
        parent);
    return id;
  }

  private void delete(String token) throws SQLException {
    service.run("DELETE FROM access_token WHERE id = ?", token);
  }

  private void age(String token, String by) throws SQLException {
    superuser.run(AGE, by, token);
  }

  private List<String> remembered() throws SQLException {
    return superuser.column(String.class, "SELECT id FROM deleted_token_origin ORDER BY id");
  }
}
