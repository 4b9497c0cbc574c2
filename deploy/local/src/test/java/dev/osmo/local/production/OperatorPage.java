package dev.osmo.local.production;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The literal blocks of a page in {@code src-docs/operator}, by section. */
record OperatorPage(String name, String text) {
  static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
  private static final Path FOLDER = HOME.resolve("src-docs/operator");

  static OperatorPage of(String name) {
    return new OperatorPage(name, read(name));
  }

  /** A file beside the pages. */
  static String read(String name) {
    try {
      return Files.readString(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The blocks of a section, without their indentation, in order. */
  List<String> blocks(String section) {
    List<String> blocks = new ArrayList<>();
    List<String> lines = section(section).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).endsWith("::") && !lines.get(i).strip().startsWith("..")) {
        blocks.add(block(lines.subList(i + 2, lines.size())));
      }
    }
    return blocks;
  }

  /** The only block of a section that has this text. */
  String block(String section, String part) {
    List<String> found = blocks(section).stream().filter(one -> one.contains(part)).toList();
    if (found.size() != 1) {
      throw new AssertionError(
          "%s has %d blocks with %s in the section %s"
              .formatted(name, found.size(), part, section));
    }
    return found.getFirst();
  }

  /** It ends before the first line with less indentation. */
  private static String block(List<String> lines) {
    int margin = indentation(lines.getFirst());
    return lines.stream()
            .takeWhile(line -> line.isBlank() || indentation(line) >= margin)
            .map(line -> line.isBlank() ? "" : line.substring(margin))
            .collect(Collectors.joining("\n"))
            .strip()
        + "\n";
  }

  private static int indentation(String line) {
    return line.length() - line.stripLeading().length();
  }

  private String section(String title) {
    Pattern section =
        Pattern.compile(
            "(?ms)^"
                + Pattern.quote(title)
                + "\\n[-~=]+\\n(?<body>.*?)(?=^\\S[^\\n]*\\n[-~=]{3,}\\n|\\z)");
    return section
        .matcher(text)
        .results()
        .map(found -> found.group("body"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " has no section " + title));
  }
}
