package dev.osmo.local.folder;

import dev.osmo.local.CannotStart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads and writes files that contain a secret. A file is created with mode 0600 under a temporary
 * name, forced to the disk and renamed. So other users can never read it, and a killed launcher
 * never leaves an incomplete file.
 */
public final class PrivateFile {
  private PrivateFile() {}

  public static SecretText readOrCreate(Path file, Supplier<SecretText> fresh) {
    return read(file).orElseGet(() -> write(file, fresh.get()));
  }

  /** Empty if the file is missing or blank. */
  public static Optional<SecretText> read(Path file) {
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      return Optional.of(Files.readString(file).strip())
          .filter(text -> !text.isEmpty())
          .map(SecretText::new);
    } catch (IOException e) {
      throw new CannotStart("Cannot read the file " + file + ".", e);
    }
  }

  public static SecretText write(Path file, SecretText secret) {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(draft);
      try (FileChannel channel =
          FileChannel.open(
              draft,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        ByteBuffer bytes =
            ByteBuffer.wrap((secret.value() + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return secret;
    } catch (IOException e) {
      throw new CannotStart("Cannot write the file " + file + ".", e);
    }
  }
}
