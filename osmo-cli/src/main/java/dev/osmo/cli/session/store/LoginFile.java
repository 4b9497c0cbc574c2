package dev.osmo.cli.session.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
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

  LoginFile(Environment environment) {
    this.environment = environment;
  }

  public Path path() {
    return environment.configDirectory().resolve("credentials.json");
  }

  /**
   * All that is saved; nothing is saved when there is no file.
   *
   * @throws Failure when there is a file but no login can be read from it
   */
  public Logins read() {
    return contents().orElseThrow(this::damaged);
  }

  /** As {@link #read}, but what nobody can read counts as nothing: a new login replaces it. */
  Logins readToReplace() {
    return contents().orElseGet(Logins::none);
  }

  /** Empty when the file is damaged; what a newer osmo wrote is not. */
  private Optional<Logins> contents() {
    try (InputStream in = OwnFile.open(path())) {
      Optional<JsonNode> json = Json.read(in.readNBytes(LARGEST));
      if (json.map(Logins::version).orElse(0) > Logins.VERSION) {
        throw newer();
      }
      return json.flatMap(Logins::fromJson);
    } catch (NoSuchFileException notLoggedIn) {
      return Optional.of(Logins.none());
    } catch (IOException unreadable) {
      throw failure("Cannot read " + path(), unreadable);
    }
  }

  public void save(Logins logins) {
    if (logins.isEmpty()) {
      delete();
      return;
    }
    try {
      createDirectory();
      OwnFile.replace(path(), Json.indented(logins.toJson(), 2).getBytes(StandardCharsets.UTF_8));
    } catch (IOException unwritable) {
      throw failure("Cannot write " + path(), unwritable);
    }
  }

  boolean exists() {
    return Files.exists(path(), LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether there was anything to delete. */
  boolean delete() {
    try {
      return Files.deleteIfExists(path());
    } catch (IOException undeletable) {
      throw failure("Cannot delete " + path(), undeletable);
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
      throw failure("Cannot write to " + path().getParent(), unwritable);
    }
  }

  private void createDirectory() throws IOException {
    Files.createDirectories(path().getParent(), OWNER_ONLY_DIRECTORY);
  }

  private Failure newer() {
    return Failure.of(
        ExitCode.USER_ERROR,
        path() + " was written by a newer osmo",
        "Use that one, or set OSMO_CONFIG_FILE_DIR to another directory.");
  }

  private Failure damaged() {
    return Failure.of(
        ExitCode.NOT_AUTHENTICATED,
        "The saved login in " + path() + " is damaged",
        "Log in again: osmo login <url> --method=token --token-file=<file>");
  }

  private static Failure failure(String what, IOException cause) {
    return Failure.of(
        ExitCode.USER_ERROR,
        what + " (" + cause.getClass().getSimpleName() + ")",
        "Check the directory's owner, its permissions and the free space, or set OSMO_CONFIG_FILE_DIR.");
  }
}
