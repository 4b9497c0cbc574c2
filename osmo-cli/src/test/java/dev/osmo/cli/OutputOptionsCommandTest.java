package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class OutputOptionsCommandTest extends CommandTest implements OutputOptionsCommandContract {}
