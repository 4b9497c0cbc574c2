package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the pages work on every day, not only until the dates that they show. */
class PageShellTest {
  private static final Path DOCS = RunningStack.HOME.resolve("src-docs");
  private static final LocalDate LATER = LocalDate.of(2031, 5, 1);
  private static final Pattern EARLIER_DATE = Pattern.compile("20(2\\d|30)-\\d\\d-\\d\\d");

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-21", "2026-11-22", "2027-01-02", "2030-06-01"})
  void the_dates_of_a_page_become_three_successive_days_from_now(String day) {
    LocalDate today = LocalDate.parse(day);

    assertThat(PageShell.dated("2026-12-31 2027-01-01 2027-01-02", today))
        .isEqualTo(today.plusDays(39) + " " + today.plusDays(40) + " " + today.plusDays(41));
  }

  @Test
  void no_command_of_a_page_has_another_date() throws IOException {
    try (Stream<Path> pages = Files.walk(DOCS)) {
      List<Path> sources = pages.filter(page -> page.toString().endsWith(".rst")).toList();

      assertThat(sources).isNotEmpty();
      for (Path page : sources) {
        assertThat(PageExample.of(PageShell.dated(Files.readString(page), LATER)))
            .as(page.toString())
            .extracting(PageExample::command)
            .noneMatch(command -> EARLIER_DATE.matcher(command).find());
      }
    }
  }
}
