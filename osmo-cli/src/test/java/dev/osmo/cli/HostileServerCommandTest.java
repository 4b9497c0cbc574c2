package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class HostileServerCommandTest extends CommandTest implements HostileServerCommandContract {}
