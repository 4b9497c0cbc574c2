package dev.osmo.cli.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.FormatOption;
import picocli.CommandLine.Option;

/**
 * For commands that print a list: also {@code --wide}, more columns, and {@code -q}, what each
 * entry is addressed by, for the next command in a pipe.
 */
public class TableOption extends FormatOption {
  @Option(names = "--wide", description = "Show more columns.")
  private boolean wide;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print the names alone, one on each line.")
  private boolean quiet;

  public boolean isWide() {
    return wide;
  }

  public boolean isQuiet() {
    return quiet;
  }

  /** As {@link #found}, for a document that holds its list in a member. */
  public JsonNode foundIn(JsonNode document, String member) {
    if (!document.path(member).isArray()) {
      return document;
    }
    ObjectNode copy = document.deepCopy();
    copy.set(member, found(document.path(member)));
    return copy;
  }
}
