package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Finds the examples of a page. */
class PageExampleTest {

  @Test
  void blocks_of_a_page_and_of_a_numbered_step_are_found() {
    String page =
        """
        .. code-block:: console

           $ first
           one

        1. A step:

           .. code-block:: console

              $ second \\
              >     more
                indented

           Text.

        .. code-block:: bash

           not run
        """;

    assertThat(PageExample.of(page))
        .extracting(PageExample::command)
        .containsExactly("first", "second \\\n    more");
    assertThat(PageExample.of(page).getLast().output()).containsExactly("  indented");
  }
}
