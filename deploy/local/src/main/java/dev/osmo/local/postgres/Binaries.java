package dev.osmo.local.postgres;

import dev.osmo.local.CannotStart;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The programs of PostgreSQL, unpacked once per version: {@code postgresql-18.6.0/}. */
record Binaries(Path home, String version) {

  /** The version in this build of the launcher, for example {@code 18.6.0}. */
  static String includedVersion() {
    Properties properties = new Properties();
    try (InputStream in = Binaries.class.getResourceAsStream("/postgres.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("postgres.properties is part of this jar", e);
    }
    return properties.getProperty("version");
  }

  /**
   * Unpacks under a temporary name and renames. So a folder with the final name is complete, even
   * if a launcher was killed while it unpacked.
   */
  static Binaries unpackedIn(Path dataFolder) {
    String version = includedVersion();
    Path home = dataFolder.resolve("postgresql-" + version);
    if (!Files.isDirectory(home)) {
      Path draft = DraftFolder.create(home);
      try (InputStream archive = archive()) {
        unpack(archive, draft);
        Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new CannotStart("Cannot unpack PostgreSQL into " + home + ": " + e.getMessage(), e);
      }
    }
    return new Binaries(home, version);
  }

  String major() {
    return version.substring(0, version.indexOf('.'));
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  private static InputStream archive() {
    String os =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
            ? "darwin"
            : "linux";
    String arch = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    InputStream in = Binaries.class.getResourceAsStream("/postgres-%s-%s.txz".formatted(os, arch));
    if (in == null) {
      throw new CannotStart(
          "This build includes no PostgreSQL for %s on %s; build the launcher on this machine."
              .formatted(os, arch));
    }
    return new BufferedInputStream(in, 1 << 16);
  }

  private static void unpack(InputStream archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, entry.resolveIn(target));
      }
    }
  }

  private static void unpack(InputStream content, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, file);
      Files.setPosixFilePermissions(
          file,
          PosixFilePermissions.fromString(
              (entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
    }
  }
}
