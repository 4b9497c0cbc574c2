package dev.osmo.local.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.local.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temp;

  @Test
  void only_the_owner_can_access_a_new_folder() throws IOException {
    DataFolder folder = DataFolder.open(temp.resolve("a b/osmo"));

    assertThat(permissions(folder.root())).isEqualTo("rwx------");
    assertThat(permissions(folder.secretsFolder())).isEqualTo("rwx------");
  }

  @Test
  void the_usual_place_follows_the_variables_of_the_user() {
    assertThat(DataFolder.usualPlace(Map.of("HOME", "/home/a", "XDG_DATA_HOME", "/data/a")))
        .isEqualTo(Path.of("/data/a/osmo"));
    assertThat(DataFolder.usualPlace(Map.of("HOME", "/home/a", "XDG_DATA_HOME", "data")))
        .isEqualTo(Path.of("/home/a/.local/share/osmo"));
    assertThat(DataFolder.usualPlace(Map.of("HOME", "/home/a")))
        .isEqualTo(Path.of("/home/a/.local/share/osmo"));
    assertThat(DataFolder.usualPlace(Map.of("HOME", "")))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".local/share/osmo"));
    assertThatThrownBy(() -> DataFolder.usualPlace(Map.of("HOME", "here")))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("'here'")
        .hasMessageContaining("--data");
  }

  @Test
  void a_file_at_the_path_of_the_folder_has_a_clear_message() throws IOException {
    Path file = Files.createFile(temp.resolve("osmo"));

    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--data");
  }

  @Test
  void a_path_below_a_file_has_a_clear_message() throws IOException {
    Path file = Files.createFile(temp.resolve("osmo"));

    assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("--data");
  }

  @Test
  void a_full_disk_is_reported_before_the_first_write() {
    DataFolder folder = DataFolder.open(temp);

    assertThatThrownBy(() -> folder.requireSpace(499L << 20))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("500 MB")
        .hasMessageContaining("499 MB");
    folder.requireSpace(500L << 20);
  }

  @Test
  void a_second_launcher_is_refused_with_the_process_id_of_the_first() {
    DataFolder folder = DataFolder.open(temp);
    Runnable secondLauncher = () -> FolderLock.runLocked(folder, () -> {});

    FolderLock.runLocked(
        folder,
        () ->
            assertThatThrownBy(secondLauncher::run)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("in use")
                .hasMessageContaining(Long.toString(ProcessHandle.current().pid())));

    secondLauncher.run();
  }

  @Test
  void a_copy_of_the_folder_has_another_process_tag() throws IOException {
    DataFolder original = DataFolder.open(temp.resolve("one"));
    String tag = original.processTag();
    DataFolder copy = DataFolder.open(temp.resolve("two"));
    Files.copy(
        original.secretsFolder().resolve("stack-id"), copy.secretsFolder().resolve("stack-id"));

    assertThat(copy.processTag()).isNotEqualTo(tag);
    assertThat(DataFolder.open(temp.resolve("one")).processTag()).isEqualTo(tag);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
