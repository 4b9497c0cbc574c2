package dev.osmo.token.audit.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnownActionsTest {
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

  /** The statement that inserts an event, up to the action. */
  private static final Pattern INSERTED =
      Pattern.compile("INSERT INTO audit_event[^;]*?'([a-z-]+\\.[a-z]+)'");

  @Test
  void every_action_that_the_database_records_can_be_searched() throws IOException {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      List<String> recorded = files.flatMap(KnownActionsTest::actions).distinct().toList();

      assertThat(recorded).contains("role.pruned", "secret.revoked");
      assertThat(KnownActions.all()).containsAll(recorded);
    }
  }

  private static Stream<String> actions(Path file) {
    try {
      return INSERTED.matcher(Files.readString(file)).results().map(KnownActionsTest::action);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static String action(MatchResult found) {
    return found.group(1);
  }
}
