package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class SessionCommandTest extends CommandTest implements SessionCommandContract {}
