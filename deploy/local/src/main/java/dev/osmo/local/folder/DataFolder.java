package dev.osmo.local.folder;

import dev.osmo.local.CannotStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** All files of one stack. The path is absolute and has no symbolic links. */
public record DataFolder(Path root) {
  /** Bytes for PostgreSQL's binaries, a new cluster and its first write-ahead log, with reserve. */
  static final long FIRST_START_BYTES = 500L << 20;

  /**
   * {@code $XDG_DATA_HOME/osmo}, else {@code ~/.local/share/osmo}, where {@code ~} is {@code HOME},
   * else the directory in the system's list of users. As the XDG specification requires, an {@code
   * XDG_DATA_HOME} that is not absolute does not count. Throws {@link CannotStart} if there is no
   * absolute home.
   */
  public static Path usualPlace(Map<String, String> environment) {
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    return (data.startsWith("/") ? Path.of(data) : home(environment).resolve(".local/share"))
        .resolve("osmo");
  }

  private static Path home(Map<String, String> environment) {
    String variable = environment.getOrDefault("HOME", "");
    String home = variable.isBlank() ? System.getProperty("user.home", "") : variable;
    if (!home.startsWith("/")) {
      throw new CannotStart(
          "The home folder is '%s', which is not an absolute path; choose the data folder with --data."
              .formatted(home));
    }
    return Path.of(home);
  }

  /** Creates the folder (0700) if it is missing. Throws {@link CannotStart} if it is unusable. */
  public static DataFolder open(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      createPrivate(absolute);
      DataFolder folder = new DataFolder(absolute.toRealPath());
      createPrivate(folder.logs());
      createPrivate(folder.secretsFolder());
      if (!Files.isWritable(folder.root)) {
        throw new CannotStart(
            "The data folder " + absolute + " is not writable; choose another folder with --data.");
      }
      return folder;
    } catch (FileAlreadyExistsException e) {
      throw new CannotStart(
          "The data folder "
              + absolute
              + " is a file, not a folder; choose another path with --data.",
          e);
    } catch (IOException e) {
      throw new CannotStart(
          "Cannot create or write the data folder "
              + absolute
              + "; choose another path with --data.",
          e);
    }
  }

  /** Throws if the disk has too little space to unpack and initialize PostgreSQL. */
  public void requireSpaceForFirstStart() {
    try {
      requireSpace(Files.getFileStore(root).getUsableSpace());
    } catch (IOException e) {
      throw new CannotStart("Cannot read the free space of " + root + ".", e);
    }
  }

  void requireSpace(long usableBytes) {
    if (usableBytes < FIRST_START_BYTES) {
      throw new CannotStart(
          "The first start needs %d MB of free space in %s, but only %d MB are available; free some space or choose another disk with --data."
              .formatted(FIRST_START_BYTES >> 20, root, usableBytes >> 20));
    }
  }

  public Path logs() {
    return root.resolve("logs");
  }

  public Path log(String process) {
    return logs().resolve(process + ".log");
  }

  public Path secretsFolder() {
    return root.resolve("secrets");
  }

  /** The issuers of workload tokens, if the user trusts any. */
  public Path trustedIssuers() {
    return root.resolve("trusted-issuers.json");
  }

  /** The identity provider of this stack. Written at each start. */
  public Path identityProviders() {
    return root.resolve("identity-providers.json");
  }

  /** Identity providers that the user adds to that of this stack, if any. */
  public Path otherProviders() {
    return root.resolve("other-identity-providers.json");
  }

  /** The digests of the tokens of a directory, if the user connects one. */
  public Path scimCredentials() {
    return root.resolve("scim-credentials");
  }

  /** The transmitters of security events, if the user trusts any. */
  public Path eventTransmitters() {
    return root.resolve("event-transmitters.json");
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

  /** Exists after the demo user was created. The launcher then never creates that user again. */
  public Path demoUserMarker() {
    return root.resolve("demo-user-created");
  }

  /**
   * A text in the command line of every process of this stack. A later start finds orphans by it.
   * It is derived from a random id in the folder and from the path of the folder. So it differs for
   * a copy of the folder, and for the same path on another disk or in a container.
   */
  public String processTag() {
    SecretText id =
        PrivateFile.readOrCreate(secretsFolder().resolve("stack-id"), SecretText::random);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((id.value() + "\n" + root).getBytes(StandardCharsets.UTF_8));
      return "osmo-stack-" + HexFormat.of().formatHex(digest, 0, 10);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void createPrivate(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }
}
