package dev.osmo.cli.scan;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Scans the regular files below a path. Skips symbolic links, {@code .git} (to scan its history,
 * pipe {@code git log -p}), archives and images by their names, and binary files, detected by a
 * zero byte near the start, except UTF-16. A file named by the user is always scanned.
 */
final class ScannedTree {
  /** Is notified of each file. */
  interface Listener {
    void searched(Path file);

    void unreadable(Path file);
  }

  private static final Set<String> PACKED =
      Set.of(
          "zip", "jar", "war", "ear", "gz", "tgz", "bz2", "xz", "zst", "lz4", "7z", "rar", "tar",
          "whl", "deb", "rpm", "png", "jpg", "jpeg", "gif", "webp", "ico", "pdf", "mp4", "mp3",
          "woff", "woff2", "class", "so", "o", "a", "exe", "dll", "pyc");

  private final TokenFinder finder;
  private final Listener listener;
  private final Consumer<FoundToken> found;

  ScannedTree(TokenFinder finder, Listener listener, Consumer<FoundToken> found) {
    this.finder = finder;
    this.listener = listener;
    this.found = found;
  }

  void search(Path named) {
    try {
      Path root = Files.isDirectory(named) ? named.toRealPath() : named;
      Files.walkFileTree(root, new Walk(named, root));
    } catch (IOException gone) {
      listener.unreadable(named);
    }
  }

  private final class Walk extends SimpleFileVisitor<Path> {
    private final Path named;
    private final Path root;

    /**
     * @param root the target of the named path, because a walk does not follow links
     */
    Walk(Path named, Path root) {
      this.named = named;
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      boolean isHistory = !directory.equals(root) && directory.endsWith(".git");
      return isHistory ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (file.equals(root) || (attributes.isRegularFile() && !isPacked(file))) {
        read(file, file.equals(root));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      listener.unreadable(asNamed(file));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
      if (failure != null) {
        listener.unreadable(asNamed(directory));
      }
      return FileVisitResult.CONTINUE;
    }

    private void read(Path file, boolean always) {
      try (BufferedInputStream in = TextBytes.buffered(Files.newInputStream(file))) {
        if (always || TextBytes.isText(in)) {
          finder.find(
              in,
              (line, column, token) ->
                  found.accept(FoundToken.of(asNamed(file).toString(), line, column, token)));
          listener.searched(asNamed(file));
        }
      } catch (IOException unreadable) {
        listener.unreadable(asNamed(file));
      }
    }

    private Path asNamed(Path file) {
      return file.equals(root) ? named : named.resolve(root.relativize(file));
    }
  }

  private static boolean isPacked(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot >= 0 && PACKED.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }
}
