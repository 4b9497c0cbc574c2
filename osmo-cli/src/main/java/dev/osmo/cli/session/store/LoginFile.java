package dev.osmo.cli.session.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * {@code credentials.json}. Promises: it is either the old content or the new one, also after a
 * crash in the middle of {@link #save}; it is created readable by its owner alone and never, not
 * for a moment, by others. Callers that read in order to write hold the {@link LoginLock}.
 */
@Singleton
public class LoginFile {
  private static final FileAttribute<?> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final int LARGEST = 1024 * 1024;

  private final Environment environment;
  private final Terminal terminal;

  LoginFile(Environment environment, Terminal terminal) {
    this.environment = environment;
    this.terminal = terminal;
  }

  public Path path() {
    return environment.configDirectory().resolve("credentials.json");
  }

  private DamagedFiles damagedFiles() {
    return new DamagedFiles(path());
  }

  /**
   * All that is saved; nothing is saved when there is no file.
   *
   * @throws Failure when there is a file but no login can be read from it
   */
  public Logins read() {
    return contents().orElseThrow(() -> UnusableFile.damaged(path()));
  }

  /** As {@link #read}, but a damaged file is set aside: it may hold the only copy of a token. */
  Logins readToReplace() {
    return contents().orElseGet(this::setAside);
  }

  /** As {@link #read}, but a damaged file counts as nothing: for who is about to delete it. */
  Logins readToDelete() {
    return contents().orElseGet(Logins::none);
  }

  /** Empty when the file is damaged; what a newer osmo wrote is not. */
  private Optional<Logins> contents() {
    try (InputStream in = OwnFile.open(path())) {
      Optional<JsonNode> json = Json.read(in.readNBytes(LARGEST));
      if (json.map(Logins::version).orElse(0) > Logins.VERSION) {
        throw UnusableFile.newer(path());
      }
      return json.flatMap(Logins::fromJson);
    } catch (NoSuchFileException notLoggedIn) {
      return Optional.of(Logins.none());
    } catch (IOException unreadable) {
      throw UnusableFile.because("Cannot read " + path(), unreadable);
    }
  }

  public void save(Logins logins) {
    if (logins.isEmpty()) {
      delete(path());
      return;
    }
    try {
      createDirectory();
      OwnFile.replace(path(), Json.indented(logins.toJson(), 2).getBytes(StandardCharsets.UTF_8));
    } catch (IOException unwritable) {
      throw UnusableFile.because("Cannot write " + path(), unwritable);
    }
  }

  /** Whether there is anything to delete, were it only what was set aside. */
  boolean exists() {
    return Files.exists(path(), LinkOption.NOFOLLOW_LINKS) || !damagedFiles().all().isEmpty();
  }

  private Logins setAside() {
    Path kept = damagedFiles().add();
    terminal.talk("Warning: the damaged " + path() + " is kept as " + kept + ".");
    return Logins.none();
  }

  /** Also what was set aside. */
  void deleteAll() {
    delete(path());
    damagedFiles().all().forEach(LoginFile::delete);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException undeletable) {
      throw UnusableFile.because("Cannot delete " + file, undeletable);
    }
  }

  /**
   * Opens the lock's file beside ours: the credential file itself is replaced, so a lock on it
   * would guard nothing.
   */
  FileChannel openLockFile() {
    try {
      createDirectory();
      Path lock = path().resolveSibling("credentials.lock");
      OwnFile.check(lock);
      return FileChannel.open(
          lock,
          Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
          OwnFile.OWNER_ONLY);
    } catch (IOException unwritable) {
      throw UnusableFile.because("Cannot write to " + path().getParent(), unwritable);
    }
  }

  private void createDirectory() throws IOException {
    Files.createDirectories(path().getParent(), OWNER_ONLY_DIRECTORY);
  }
}
