package dev.osmo.cli.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The result of one check.
 *
 * @param result {@code ok}, {@code fail} or {@code skip}
 * @param seen what the check found; empty if it was skipped
 * @param nextStep how to fix a failure, or empty
 */
record Check(String name, String result, String seen, String nextStep) {

  List<String> lines() {
    String word = result.equals("fail") ? result.toUpperCase(Locale.ROOT) : result;
    List<String> lines = new ArrayList<>();
    lines.add("%-6s%s".formatted(word, seen.isEmpty() ? name : name + ": " + seen));
    if (!nextStep.isEmpty()) {
      lines.add("      " + nextStep);
    }
    return lines;
  }

  ObjectNode json() {
    return Json.object()
        .put("name", name.toLowerCase(Locale.ROOT))
        .put("result", result)
        .put("seen", seen)
        .put("next_step", nextStep);
  }
}
