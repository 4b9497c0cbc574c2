package dev.osmo.http.start;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  @TempDir Path folder;

  private Path path;

  @BeforeEach
  void path() {
    path = folder.resolve("keys");
  }

  @Test
  void blank_lines_and_comments_are_skipped() throws IOException {
    Files.writeString(path, "# a comment\n\n  " + KEY + " \n");

    assertThat(new SecretFile("key file", path).lines()).containsExactly(KEY);
    assertThat(SecretFile.key(KEY)).hasValueSatisfying(key -> assertThat(key).hasSize(32));
    assertThat(SecretFile.key(KEY.substring(4))).isEmpty();
    assertThat(SecretFile.key("?")).isEmpty();
  }

  @Test
  void peppers_are_read() throws IOException {
    Files.writeString(path, "# peppers\n* p2 " + KEY + "\np1 " + KEY + "\n");

    assertThat(SecretFile.ofPeppers(path).peppers().minting().id()).isEqualTo("p2");
  }

  @Test
  void a_missing_file_stops_the_start() {
    refused("does not exist");
  }

  @Test
  void a_file_that_is_not_text_stops_the_start() throws IOException {
    Files.write(path, new byte[] {(byte) 0xff, (byte) 0xfe});

    refused("is not a text file");
  }

  @Test
  void a_folder_stops_the_start() throws IOException {
    Files.createDirectory(path);

    refused("cannot be read");
  }

  @Test
  void a_malformed_line_is_named_and_not_repeated() throws IOException {
    Files.write(path, ("* p2 " + KEY + "\np1 secret\n").getBytes(UTF_8));

    refused("is malformed at line 2: expected '[*] id base64-of-32-bytes'");
  }

  private void refused(String why) {
    assertThatThrownBy(() -> SecretFile.ofPeppers(path).peppers())
        .isInstanceOf(StartRefused.class)
        .hasMessage("The pepper file " + path + " " + why + ".");
  }
}
