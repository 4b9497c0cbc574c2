package dev.osmo.local.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.local.problem.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temp;

  @Test
  void a_new_folder_is_the_owners_alone() throws IOException {
    DataFolder folder = DataFolder.open(temp.resolve("a b/osmo"));

    assertThat(permissions(folder.root())).isEqualTo("rwx------");
    assertThat(permissions(folder.secrets())).isEqualTo("rwx------");
  }

  @Test
  void a_file_in_the_folders_place_is_one_clear_sentence() throws IOException {
    Path file = Files.createFile(temp.resolve("osmo"));

    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--data");
  }

  @Test
  void a_folder_below_a_file_is_one_clear_sentence() throws IOException {
    Path file = Files.createFile(temp.resolve("osmo"));

    assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("--data");
  }

  @Test
  void a_full_disk_is_told_before_anything_is_written() {
    DataFolder folder = DataFolder.open(temp);

    assertThatThrownBy(() -> folder.requireRoom(499L << 20))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("500 MB")
        .hasMessageContaining("499 MB");
    folder.requireRoom(500L << 20);
  }

  @Test
  void a_second_launcher_is_refused_and_told_who_holds_the_folder() {
    DataFolder folder = DataFolder.open(temp);
    Runnable secondLauncher = () -> FolderLock.whileHeld(folder, () -> {});

    FolderLock.whileHeld(
        folder,
        () ->
            assertThatThrownBy(secondLauncher::run)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("in use")
                .hasMessageContaining(Long.toString(ProcessHandle.current().pid())));

    secondLauncher.run();
  }

  @Test
  void a_copy_of_the_folder_has_another_process_mark() throws IOException {
    DataFolder original = DataFolder.open(temp.resolve("one"));
    String mark = original.processMark();
    DataFolder copy = DataFolder.open(temp.resolve("two"));
    Files.copy(original.secrets().resolve("stack-id"), copy.secrets().resolve("stack-id"));

    assertThat(copy.processMark()).isNotEqualTo(mark);
    assertThat(DataFolder.open(temp.resolve("one")).processMark()).isEqualTo(mark);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
