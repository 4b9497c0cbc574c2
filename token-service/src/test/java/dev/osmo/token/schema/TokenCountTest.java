package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tokens are counted once for all replicas, in batches that any of them may do. */
class TokenCountTest {

  private static final String COUNT = "SELECT count_tokens(?, CAST(? AS interval))";
  private static final String COUNTED =
      "SELECT sum(tokens) FROM token_count WHERE name !~ '^[0-9]'";
  private static final String WITHIN_90_DAYS = "SELECT tokens FROM token_count WHERE name = '90'";
  private static final String AT_ONCE = "0";
  private static final String LATER = "1 day";

  private final Fixture fixture = new Fixture();
  private final Session one = Session.tokenService();
  private final Session other = Session.tokenService();

  @BeforeEach
  void some_tokens_and_no_pass_in_progress() throws SQLException {
    String user = fixture.user();
    for (int i = 0; i < 5; i++) {
      fixture.token(user, fixture.grantNewRole(user));
    }
    pass(10_000);
  }

  @AfterEach
  void close() {
    fixture.close();
    one.close();
    other.close();
  }

  @Test
  void batches_count_what_one_pass_counts() throws SQLException {
    long tokens = one.count("SELECT count(*) FROM access_token");

    int batches = pass(2);

    assertThat(batches).isGreaterThanOrEqualTo((int) tokens / 2);
    assertThat(one.count(COUNTED)).isEqualTo(tokens);
    assertThat(one.count(WITHIN_90_DAYS))
        .isEqualTo(
            one.count(
                "SELECT count(*) FROM access_token_with_state WHERE state = 'active' AND expires_at < now() + interval '90 days'"));
  }

  @Test
  void the_numbers_of_the_last_pass_stay_until_the_next_is_complete() throws SQLException {
    long before = one.count(COUNTED);
    fixture.token(fixture.user());

    assertThat(more(one, 1, AT_ONCE)).isTrue();
    assertThat(one.count(COUNTED)).isEqualTo(before);
    pass(10_000);

    assertThat(one.count(COUNTED)).isEqualTo(before + 1);
  }

  @Test
  void no_pass_begins_soon_after_another() throws SQLException {
    fixture.token(fixture.user());
    long before = one.count(COUNTED);

    assertThat(more(other, 1, LATER)).isFalse();

    assertThat(one.count(COUNTED)).isEqualTo(before);
  }

  @Test
  void a_replica_skips_the_batch_that_another_is_counting() throws SQLException {
    one.begin();
    assertThat(more(one, 1, AT_ONCE)).isTrue();

    assertThat(more(other, 1, AT_ONCE)).isFalse();

    one.commit();
    assertThat(more(other, 1, LATER)).isTrue();
  }

  /** Completes the pass that is in progress, or a new one. Returns the number of batches. */
  private int pass(int size) throws SQLException {
    int batches = 1;
    while (more(one, size, AT_ONCE)) {
      batches++;
    }
    return batches;
  }

  private static boolean more(Session session, int size, String pause) throws SQLException {
    return session.value(Boolean.class, COUNT, size, pause);
  }
}
