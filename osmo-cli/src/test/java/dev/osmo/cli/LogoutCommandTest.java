package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class LogoutCommandTest extends CommandTest implements LogoutCommandContract {}
