package dev.osmo.local.system;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a page says in words: without code, names of files and programs, and addresses. */
final class Prose {
  /** A directive or a paragraph whose indented lines are code or options. */
  private static final Pattern CODE =
      Pattern.compile(
          "^\\s*\\.\\. (code-block|literalinclude|toctree|image|raw|_[^:]*:).*|^(?!\\s*\\.\\. ).*::$");

  private static final Pattern OPTION = Pattern.compile("^\\s*:[a-z-]+:( .*)?$");
  private static final Pattern WORD =
      Pattern.compile("(?<![\\w./@$<{-])\\p{L}[\\p{L}'’]*(?![\\w@$>}]|[./][\\w])");

  private Prose() {}

  /** The words of a page that are not names, each once. */
  static Set<String> words(String page) {
    Set<String> words = new TreeSet<>();
    Matcher word = WORD.matcher(withoutMarkup(withoutCode(page)));
    while (word.find()) {
      String text = word.group().replace('’', '\'').replaceAll("('s|')$", "");
      if (text.length() > 1
          && text.substring(1).equals(text.substring(1).toLowerCase(Locale.ROOT))) {
        words.add(text);
      }
    }
    return words;
  }

  private static String withoutCode(String page) {
    StringBuilder kept = new StringBuilder();
    int code = -1;
    for (String line : page.split("\n", -1)) {
      int indentation = line.length() - line.stripLeading().length();
      if (code >= 0 && (line.isBlank() || indentation > code)) {
        continue;
      }
      code = CODE.matcher(line).matches() ? indentation : -1;
      if ((code < 0 || !line.strip().startsWith("..")) && !OPTION.matcher(line).matches()) {
        kept.append(line).append('\n');
      }
    }
    return kept.toString();
  }

  private static String withoutMarkup(String text) {
    return text.replaceAll("(?s)```.*?```", " ")
        .replaceAll("(?s)``.+?``", " ")
        .replaceAll("(?s):ref:`[^`]*`", " ")
        .replaceAll("(?s):[a-z:]+:`([^`<]*?)\\s*<[^`>]*>`", "$1")
        .replaceAll("(?s):(doc|download|term):`[^`]*`", " ")
        .replaceAll("(?s)`([^`<]+?)\\s*<[^`>]*>`_+", "$1")
        .replaceAll("(?s)\\[([^]]*)]\\([^)]*\\)", "$1")
        .replaceAll("(?s)`[^`]*`", " ")
        .replaceAll("\\w+://\\S+", " ")
        .replaceAll("\\.\\. [a-z-]+::", " ");
  }
}
