package dev.osmo.cli;

import dev.osmo.cli.environment.Environment;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of a test, instead of the real environment. */
@Alternative
@Priority(1)
@Singleton
class TestEnvironment extends Environment {
  private final Map<String, String> variables = new HashMap<>();

  void reset() {
    variables.clear();
  }

  void set(String name, String value) {
    variables.put(name, value);
  }

  @Override
  protected @Nullable String value(String name) {
    return variables.get(name);
  }
}
