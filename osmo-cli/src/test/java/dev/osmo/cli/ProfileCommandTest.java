package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ProfileCommandTest extends CommandTest implements ProfileCommandContract {}
