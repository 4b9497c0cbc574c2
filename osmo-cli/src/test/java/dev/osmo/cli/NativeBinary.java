package dev.osmo.cli;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The binary that this build made. A build that was to make none skips the tests that need it; one
 * that was to make it and did not fails them.
 */
final class NativeBinary implements ExecutionCondition {
  private static final Path PATH =
      Path.of(System.getProperty("osmo.native.binary", "target/osmo-not-built")).toAbsolutePath();

  static List<String> command(String... args) {
    List<String> command = new ArrayList<>(List.of(PATH.toString()));
    command.addAll(List.of(args));
    return command;
  }

  /** Whether this build made one. */
  static boolean isThere() {
    return System.getProperty("osmo.native.binary") != null
        && !Boolean.getBoolean("osmo.native.skip");
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Boolean.getBoolean("osmo.native.skip")
        ? disabled("NO NATIVE BINARY: GRAALVM_HOME is not set, so this build made none")
        : enabled("this build made a native binary");
  }
}
