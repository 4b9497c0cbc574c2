package dev.osmo.testkit.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSearchTest {

  @TempDir Path folder;

  @Test
  void a_text_is_found_between_bytes_that_are_no_text() throws IOException {
    Files.createDirectory(folder.resolve("base"));
    Files.write(folder.resolve("base").resolve("1"), new byte[] {-1, 's', 'e', 'c', -128});
    Files.writeString(folder.resolve("2"), "nothing");

    assertThat(new FileSearch(folder).filesWith("sec")).containsExactly("base/1");
    assertThat(new FileSearch(folder).filesWith("secret")).isEmpty();
  }
}
