package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ShellCommandTest extends CommandTest implements ShellCommandContract {}
