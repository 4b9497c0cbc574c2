package dev.osmo.local.folder;

import dev.osmo.local.problem.CannotStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Where everything of one stack lies. The path is absolute and free of symbolic links. */
public record DataFolder(Path root) {
  /**
   * What PostgreSQL's binaries, a fresh cluster and its first write-ahead log take, with room to
   * live.
   */
  static final long NEEDED_FOR_FIRST_START = 500L << 20;

  /**
   * Makes the folder (0700) when there is none; throws {@link CannotStart} when it cannot be used.
   */
  public static DataFolder open(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      makePrivate(absolute);
      DataFolder folder = new DataFolder(absolute.toRealPath());
      makePrivate(folder.logs());
      makePrivate(folder.secrets());
      if (!Files.isWritable(folder.root)) {
        throw new CannotStart(
            "The data folder " + absolute + " is not writable; choose another with --data.");
      }
      return folder;
    } catch (FileAlreadyExistsException e) {
      throw new CannotStart(
          "The data folder " + absolute + " is a file, not a folder; choose another with --data.",
          e);
    } catch (IOException e) {
      throw new CannotStart(
          "The data folder " + absolute + " cannot be made or written; choose another with --data.",
          e);
    }
  }

  /** Throws when a first start, which unpacks and initialises PostgreSQL, has too little room. */
  public void requireRoomForFirstStart() {
    try {
      requireRoom(Files.getFileStore(root).getUsableSpace());
    } catch (IOException e) {
      throw new CannotStart("The free space of " + root + " cannot be read.", e);
    }
  }

  void requireRoom(long usableBytes) {
    if (usableBytes < NEEDED_FOR_FIRST_START) {
      throw new CannotStart(
          "The first start needs %d MB free in %s, and only %d MB are; make room or choose another disk with --data."
              .formatted(NEEDED_FOR_FIRST_START >> 20, root, usableBytes >> 20));
    }
  }

  public Path logs() {
    return root.resolve("logs");
  }

  public Path log(String process) {
    return logs().resolve(process + ".log");
  }

  public Path secrets() {
    return root.resolve("secrets");
  }

  public Path workflows() {
    return root.resolve("workflows");
  }

  public Path adminToken() {
    return root.resolve("admin-token");
  }

  public Path userToken() {
    return root.resolve("user-token");
  }

  /** Exists once the demo user was made: from then on the launcher never makes that user again. */
  public Path demoUserMarker() {
    return root.resolve("demo-user-created");
  }

  /**
   * The word that every process of this stack carries in its command line, and by which a later
   * start knows an orphan. It is made of a random id kept in the folder and of the folder's path,
   * so that neither a copy of the folder nor the same path on another disk or in a container has
   * the same word.
   */
  public String processMark() {
    SecretText id = SecretFile.readOrCreate(secrets().resolve("stack-id"), SecretText::random);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((id.reveal() + "\n" + root).getBytes(StandardCharsets.UTF_8));
      return "osmo-stack-" + HexFormat.of().formatHex(digest, 0, 10);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void makePrivate(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }
}
