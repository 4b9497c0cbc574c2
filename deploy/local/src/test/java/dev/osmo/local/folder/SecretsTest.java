package dev.osmo.local.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.pat.Peppers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  @TempDir Path temp;

  @Test
  void secrets_are_generated_once_and_then_kept() throws IOException {
    Secrets secrets = new Secrets(temp);
    SecretText password = secrets.password("osmo_owner");
    String pepper = Files.readString(secrets.pepperFile());

    assertThat(new Secrets(temp).password("osmo_owner")).isEqualTo(password);
    assertThat(Files.readString(new Secrets(temp).pepperFile())).isEqualTo(pepper);
    assertThat(secrets.superuserPassword()).isNotEqualTo(password);
  }

  @Test
  void the_pepper_file_is_valid() throws IOException {
    Peppers peppers = Peppers.parse(Files.readAllLines(new Secrets(temp).pepperFile()));

    assertThat(peppers.all()).containsExactly(peppers.minting());
  }

  @Test
  void the_key_file_holds_32_bytes() throws IOException {
    String line = Files.readString(new Secrets(temp).keyFile());

    assertThat(Base64.getDecoder().decode(line.strip())).hasSize(32);
  }

  @Test
  void only_the_owner_can_read_them() throws IOException {
    Secrets secrets = new Secrets(temp);
    secrets.superuserPassword();

    for (Path file :
        new Path[] {secrets.pepperFile(), secrets.keyFile(), secrets.superuserPasswordFile()}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void the_temporary_file_of_a_killed_start_is_replaced() throws IOException {
    Path file = temp.resolve("admin-token");
    Files.writeString(temp.resolve("admin-token.new"), "incomplete");

    PrivateFile.write(file, new SecretText("complete"));

    assertThat(PrivateFile.read(file)).contains(new SecretText("complete"));
    assertThat(temp.resolve("admin-token.new")).doesNotExist();
  }

  @Test
  void a_secret_never_prints_itself() {
    assertThat(new SecretText("hunter2").toString()).doesNotContain("hunter2");
  }
}
