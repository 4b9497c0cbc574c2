package dev.osmo.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

  /** A mapping as the services have them. */
  @ConfigMapping(prefix = "kit-test")
  interface Sample {

    /** The public address; the {@code iss} claim. */
    String publicAddress();

    Group group();

    interface Group {

      /**
       * A sentence that does not fit into one line of the source, so that it continues in the next
       * line of the comment, and is then so long that the page needs a second line too.
       */
      @WithDefault("PT5M")
      String maxAge();

      /** A list. */
      Optional<List<String>> someNames();
    }
  }

  interface Undocumented {

    String name();
  }

  private static final Setting ADDRESS =
      new Setting("KIT_TEST_PUBLIC_ADDRESS", "required", "The public address; the ``iss`` claim.");
  private static final Setting MAX_AGE =
      new Setting(
          "KIT_TEST_GROUP_MAX_AGE",
          "PT5M",
          "A sentence that does not fit into one line of the source, so that it continues in the"
              + " next line of the comment, and is then so long that the page needs a second line"
              + " too.");
  private static final Setting NAMES = new Setting("KIT_TEST_GROUP_SOME_NAMES", "none", "A list.");

  private final ConfigurationPage page =
      new ConfigurationPage("token-service/test-kit/src/test/java");

  @Test
  void names_defaults_and_sentences_come_from_the_mapping() {
    assertThat(page.settings(Sample.class, "KIT_TEST_")).containsExactly(MAX_AGE, NAMES, ADDRESS);
  }

  @Test
  void a_setting_without_a_sentence_is_an_error() {
    assertThatThrownBy(() -> page.settings(Undocumented.class, "X_").toList())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("needs a Javadoc sentence");
  }

  @Test
  void a_row_is_read_from_the_page_as_it_is_written() {
    String table = ADDRESS.row() + MAX_AGE.row() + NAMES.row();

    assertThat(table.lines()).hasSize(10).allMatch(line -> line.length() <= 120);
    assertThat(ConfigurationPage.rows(table + "\nText.\n", "KIT_TEST_"))
        .containsExactly(ADDRESS, MAX_AGE, NAMES);
  }

  @Test
  void line_breaks_of_the_page_do_not_matter() {
    String wrapped = NAMES.row().replace("A list.", "A\n       list.");

    assertThat(ConfigurationPage.rows(wrapped, "KIT_TEST_")).containsExactly(NAMES);
  }

  @Test
  void rows_of_another_service_are_ignored() {
    assertThat(ConfigurationPage.rows(ADDRESS.row(), "OTHER_")).isEmpty();
  }

  @Test
  void a_page_without_the_rows_is_an_error() {
    assertThatThrownBy(() -> page.check(Sample.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(ADDRESS.row());
  }
}
