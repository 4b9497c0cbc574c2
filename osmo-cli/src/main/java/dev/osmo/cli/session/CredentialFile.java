package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.files.OwnerOnlyFile;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code credentials.json}, with the guarantees of {@link OwnerOnlyFile}. Callers that read in
 * order to write hold the {@link CredentialLock}.
 */
@Singleton
class CredentialFile {
  private static final int LARGEST = 1024 * 1024;

  private final Environment environment;
  private final Terminal terminal;

  /** Contexts with a JWT that could not be saved. */
  private final Map<ContextName, Context> unsaved = new ConcurrentHashMap<>();

  CredentialFile(Environment environment, Terminal terminal) {
    this.environment = environment;
    this.terminal = terminal;
  }

  Path path() {
    return environment.configDirectory().resolve("credentials.json");
  }

  private DamagedCredentialFiles damagedFiles() {
    return new DamagedCredentialFiles(path());
  }

  /**
   * All saved contexts; none if there is no file.
   *
   * @throws Failure if the file is damaged or not readable
   */
  SavedContexts read() {
    return contents()
        .map(this::withUnsaved)
        .orElseThrow(() -> CredentialFileFailure.damaged(path()));
  }

  /** Another process may have replaced the context or its token. */
  private SavedContexts withUnsaved(SavedContexts all) {
    SavedContexts complete = all;
    for (Map.Entry<ContextName, Context> each : unsaved.entrySet()) {
      if (all.find(each.getKey()).filter(each.getValue()::hasGrantOf).isPresent()) {
        complete = complete.with(each.getKey(), each.getValue());
      }
    }
    return complete;
  }

  /** As {@link #read}, but keeps a copy of a damaged file, which may have a token's only copy. */
  SavedContexts readToReplace() {
    return contents().orElseGet(this::setAside);
  }

  /** As {@link #read}, but ignores a damaged file, because the caller deletes it. */
  SavedContexts readToDelete() {
    return contents().orElseGet(SavedContexts::none);
  }

  /** Empty if the file is damaged. A file of a newer version is a failure. */
  private Optional<SavedContexts> contents() {
    try (InputStream in = OwnFile.open(path())) {
      Optional<JsonNode> json = Json.read(in.readNBytes(LARGEST));
      if (json.map(SavedContexts::version).orElse(0) > SavedContexts.VERSION) {
        throw CredentialFileFailure.newer(path());
      }
      return json.flatMap(SavedContexts::fromJson);
    } catch (NoSuchFileException notLoggedIn) {
      return Optional.of(SavedContexts.none());
    } catch (IOException unreadable) {
      throw CredentialFileFailure.because("Cannot read " + path(), unreadable);
    }
  }

  void save(SavedContexts contexts) {
    if (contexts.isEmpty()) {
      delete(path());
      return;
    }
    try {
      write(contexts);
    } catch (IOException unwritable) {
      throw unwritable(unwritable);
    }
  }

  /** Saves the JWT of a context. If that fails, this process uses it, with one warning. */
  void saveJwt(SavedContexts all, ContextName name, Context renewed) {
    try {
      write(all.with(name, renewed));
      unsaved.remove(name);
    } catch (IOException unwritable) {
      Optional<Context> before = Optional.ofNullable(unsaved.put(name, renewed));
      if (before.filter(renewed::hasGrantOf).isEmpty()) {
        terminal.message(
            "Warning: "
                + unwritable(unwritable).what()
                + ". Until it can be written, each command exchanges the token for a new JWT.");
      }
    }
  }

  private Failure unwritable(IOException cause) {
    return CredentialFileFailure.because("Cannot write " + path(), cause);
  }

  private void write(SavedContexts contexts) throws IOException {
    createDirectory();
    OwnerOnlyFile.deleteLeftovers(path());
    OwnerOnlyFile.replace(
        path(), Json.indented(contexts.toJson(), 2).getBytes(StandardCharsets.UTF_8));
  }

  /** Whether there is a credential file or a copy of a damaged one. */
  boolean exists() {
    return Files.exists(path(), LinkOption.NOFOLLOW_LINKS) || !damagedFiles().all().isEmpty();
  }

  private SavedContexts setAside() {
    Path copy = damagedFiles().add();
    terminal.message("Warning: The damaged file " + path() + " is kept as " + copy + ".");
    return SavedContexts.none();
  }

  /** Also deletes the copies of damaged files. */
  void deleteAll() {
    delete(path());
    damagedFiles().all().forEach(CredentialFile::delete);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException undeletable) {
      throw CredentialFileFailure.because("Cannot delete " + file, undeletable);
    }
  }

  /**
   * Opens the lock file beside the credential file, which cannot be locked itself because it is
   * replaced.
   */
  FileChannel openLockFile() {
    try {
      return lockFile();
    } catch (IOException unwritable) {
      throw CredentialFileFailure.because("Cannot write to " + path().getParent(), unwritable);
    }
  }

  /** Whether {@link #openLockFile} succeeds. */
  boolean isLockable() {
    try (FileChannel lock = lockFile()) {
      return lock.isOpen();
    } catch (IOException unwritable) {
      return false;
    }
  }

  private FileChannel lockFile() throws IOException {
    createDirectory();
    Path lock = path().resolveSibling("credentials.lock");
    OwnFile.check(lock);
    return OwnerOnlyFile.openLock(lock);
  }

  private void createDirectory() throws IOException {
    OwnerOnlyFile.createDirectories(environment.configDirectory());
  }
}
