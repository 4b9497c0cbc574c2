package dev.osmo.local.system;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A command that a page shows after {@code $}, with its output. In the output, {@code …} stands for
 * any text within a line and {@code osmo_xxx…} for an access token. An output line that ends in
 * {@code \} continues on the next line, whose indentation is ignored.
 */
record PageExample(String command, List<String> output) {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?m)^(?<margin> *)\\.\\. code-block:: console\\n\\n(?<page>(?:\\k<margin> {3}.*\\n|\\n)+)"
              + "|^```console\\n(?<readme>(?:.*\\n)*?)```");
  private static final Pattern PLACEHOLDER =
      Pattern.compile("(?<any>…)|(?<token>osmo_x{34})|(?<granted>2026-01-15)");

  /** The examples in the order of the page. */
  static List<PageExample> of(String page) {
    List<PageExample> examples = new ArrayList<>();
    BLOCK
        .matcher(page)
        .results()
        .map(PageExample::withoutMargin)
        .forEach(block -> readBlock(block, examples));
    return examples;
  }

  /** The lines of a block, also of one within a numbered step. */
  private static String withoutMargin(MatchResult block) {
    return block.group("readme") == null
        ? block.group("page").indent(-3 - block.group("margin").length())
        : block.group("readme");
  }

  private static void readBlock(String block, List<PageExample> examples) {
    for (String line : block.stripTrailing().lines().toList()) {
      if (line.startsWith("$ ")) {
        examples.add(new PageExample(line.substring(2), new ArrayList<>()));
        continue;
      }
      PageExample last = examples.removeLast();
      examples.add(
          line.startsWith("> ")
              ? new PageExample(last.command + "\n" + line.substring(2), last.output)
              : last.withLine(line));
    }
  }

  private PageExample withLine(String line) {
    List<String> more = new ArrayList<>(output);
    if (!more.isEmpty() && more.getLast().endsWith("\\")) {
      String start = more.removeLast();
      more.add(start.substring(0, start.length() - 1) + line.stripLeading());
    } else {
      more.add(line);
    }
    return new PageExample(command, more);
  }

  /** The whole output must match this pattern. */
  Pattern expected() {
    return Pattern.compile(
        output.stream().map(PageExample::pattern).collect(Collectors.joining("\\n")));
  }

  private static String pattern(String line) {
    StringBuilder regex = new StringBuilder();
    int from = 0;
    for (MatchResult found : PLACEHOLDER.matcher(line).results().toList()) {
      regex.append(Pattern.quote(line.substring(from, found.start())));
      regex.append(meaning(found.group()));
      from = found.end();
    }
    return regex.append(Pattern.quote(line.substring(from))).toString();
  }

  private static String meaning(String placeholder) {
    return switch (placeholder.charAt(0)) {
      case '…' -> ".*";
      case 'o' -> "osmo_[0-9A-Za-z]{34}";
      default -> "\\d{4}-\\d{2}-\\d{2}";
    };
  }
}
