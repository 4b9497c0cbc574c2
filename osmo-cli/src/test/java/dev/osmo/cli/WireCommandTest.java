package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class WireCommandTest extends CommandTest implements WireCommandContract {}
