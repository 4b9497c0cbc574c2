package dev.osmo.local.production;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips the tests of a class after the first one that failed. */
final class FirstFailure implements BeforeEachCallback, AfterTestExecutionCallback {
  private boolean failed;

  @Override
  public void beforeEach(ExtensionContext context) {
    Assumptions.assumeFalse(failed, "an earlier step failed");
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    failed |= context.getExecutionException().isPresent();
  }
}
