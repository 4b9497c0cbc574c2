package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class WorkflowCommandTest extends CommandTest implements WorkflowCommandContract {}
