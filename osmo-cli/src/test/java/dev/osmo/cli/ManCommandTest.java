package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ManCommandTest extends CommandTest implements ManCommandContract {}
