package dev.osmo.cli.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyFileTest {
  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void inFolder() {
    target = folder.resolve("secret");
  }

  @Test
  void the_file_and_its_temporary_file_are_readable_by_their_owner_only() throws IOException {
    try (OwnerOnlyFile file = OwnerOnlyFile.reserve(target, 64)) {
      assertThat(files()).hasSize(1).allSatisfy(OwnerOnlyFileTest::isOwnerOnly);

      file.put("token".getBytes(UTF_8));
    }

    isOwnerOnly(target);
    assertThat(target).hasContent("token");
    assertThat(files()).containsExactly(target);
  }

  @Test
  void reserved_space_is_not_part_of_the_content() throws IOException {
    try (OwnerOnlyFile file = OwnerOnlyFile.reserve(target, 64)) {
      file.put(new byte[] {'x'});
    }

    assertThat(target).hasSize(1);
  }

  @Test
  void the_old_file_stays_until_the_new_content_is_complete() throws IOException {
    Files.writeString(target, "old");

    try (OwnerOnlyFile file = OwnerOnlyFile.reserve(target, 64)) {
      assertThat(target).hasContent("old");
      file.put("new".getBytes(UTF_8));
    }

    assertThat(target).hasContent("new");
  }

  @Test
  void a_symbolic_link_is_replaced_and_its_target_unchanged() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "other");
    Files.createSymbolicLink(target, other);

    OwnerOnlyFile.replace(target, "new".getBytes(UTF_8));

    assertThat(target).isRegularFile().hasContent("new");
    assertThat(Files.isSymbolicLink(target)).isFalse();
    assertThat(other).hasContent("other");
  }

  @Test
  void a_failed_replacement_leaves_no_temporary_file() throws IOException {
    Files.createDirectories(target.resolve("in the way"));

    assertThatThrownBy(() -> OwnerOnlyFile.replace(target, "new".getBytes(UTF_8)))
        .isInstanceOf(IOException.class);

    assertThat(files()).containsExactly(target);
  }

  @Test
  void an_unused_reservation_leaves_no_file() throws IOException {
    OwnerOnlyFile.reserve(target, 64).close();

    assertThat(files()).isEmpty();
  }

  @Test
  void leftovers_of_this_file_are_deleted_and_no_others() throws IOException {
    Files.createFile(folder.resolve(".secret-1.tmp"));
    Path other = Files.createFile(folder.resolve(".other-1.tmp"));
    Files.writeString(target, "old");

    OwnerOnlyFile.deleteLeftovers(target);

    assertThat(files()).containsExactlyInAnyOrder(target, other);
  }

  @Test
  void a_name_of_the_longest_length_is_allowed() throws IOException {
    Path longest = folder.resolve("n".repeat(255));

    OwnerOnlyFile.replace(longest, "new".getBytes(UTF_8));

    assertThat(longest).hasContent("new");
  }

  @Test
  void directories_are_readable_by_their_owner_only() throws IOException {
    OwnerOnlyFile.createDirectories(folder.resolve("a/b"));

    for (String each : List.of("a", "a/b")) {
      assertThat(permissions(folder.resolve(each))).isEqualTo("rwx------");
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void isOwnerOnly(Path file) throws IOException {
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
