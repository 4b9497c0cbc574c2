package dev.osmo.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The loader and the libraries of glibc, from the machine that builds the images. The JVM, Argon2
 * and the cryptography need no other library.
 *
 * @param loader its path is a part of every program
 */
record CLibrary(Path loader, List<Path> libraries) {
  private static final List<String> NAMES =
      List.of("libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0", "librt.so.1");

  private static final Pattern LOADER = Pattern.compile("(/\\S*/ld-linux\\S*) \\(");
  private static final Pattern LIBC = Pattern.compile("libc\\.so\\.6 => (\\S+)");
  private static final Pattern LIBRARY = Pattern.compile(" => (/\\S+)");

  static CLibrary ofThisMachine() {
    String needed =
        Programs.run("ldd", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path folder = Path.of(found(LIBC, needed)).resolveSibling(".").normalize();
    List<Path> libraries = new ArrayList<>();
    for (String name : NAMES) {
      if (Files.exists(folder.resolve(name))) {
        libraries.add(folder.resolve(name));
      }
    }
    return new CLibrary(Path.of(found(LOADER, needed)), List.copyOf(libraries));
  }

  /**
   * What one program needs, such as the native binary. Compression is a library of its own there.
   */
  static CLibrary of(Path program) {
    String needed = Programs.run("ldd", program.toString());
    return new CLibrary(
        Path.of(found(LOADER, needed)),
        LIBRARY.matcher(needed).results().map(found -> Path.of(found.group(1))).sorted().toList());
  }

  /** The file that a path leads to: an image has no symbolic links. */
  static Path content(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("images need a machine with glibc: " + text))
        .group(1);
  }
}
