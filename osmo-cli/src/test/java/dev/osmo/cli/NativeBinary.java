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
 * The native binary of this build. Skips the tests that need it if the build does not create one,
 * and fails them if the build should have created one.
 */
final class NativeBinary implements ExecutionCondition {
  private static final Path PATH =
      Path.of(System.getProperty("osmo.native.binary", "target/osmo-not-built")).toAbsolutePath();

  static List<String> command(String... args) {
    List<String> command = new ArrayList<>(List.of(PATH.toString()));
    command.addAll(List.of(args));
    return command;
  }

  /** Whether this build created a native binary. */
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
