package dev.osmo.testkit.postgres;

import dev.osmo.testkit.ports.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The data of a stopped server with the newest schema. It is created once per module and schema;
 * each server of a test starts on a copy, which is much faster than creating a cluster and running
 * all migrations.
 */
final class MigratedTemplate {

  /** A language such as {@code de}: the database then sorts as it does. Otherwise by bytes. */
  private static final String LANGUAGE = System.getProperty("osmo.language", "");

  private MigratedTemplate() {}

  /** A new copy. */
  static DataFolder copy() {
    DataFolder copy = DataFolder.create();
    created().copyTo(copy, true);
    return copy;
  }

  /** Two test processes of a module may ask at the same time. */
  private static synchronized DataFolder created() {
    Path folder = Path.of("target", "migrated-postgres-" + digest() + LANGUAGE);
    Path lock = Path.of("target", "migrated-postgres.lock");
    try (FileChannel file =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = file.lock()) {
      if (held.isValid() && !Files.exists(folder)) {
        create(folder);
      }
      return new DataFolder(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void create(Path folder) throws IOException {
    DataFolder data = DataFolder.create();
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setPort(FreePorts.one())
            .setDataDirectory(data.path())
            .setCleanDataDirectory(false);
    if (!LANGUAGE.isEmpty()) {
      builder.setLocaleConfig("locale-provider", "icu").setLocaleConfig("icu-locale", LANGUAGE);
    }
    try (EmbeddedPostgres server = builder.start()) {
      MigratedPostgres.prepare(server.getPort());
      MigratedPostgres.migrate(server.getPort());
    }
    DataFolder unfinished =
        new DataFolder(Files.createTempDirectory(folder.toAbsolutePath().getParent(), "postgres"));
    data.copyTo(unfinished, true);
    data.delete();
    Files.move(unfinished.path(), folder, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Of everything that the content depends on. */
  private static String digest() {
    try (Stream<Path> files = Files.walk(MigratedPostgres.SCHEMA)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
      for (Path file : sorted) {
        digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
