package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class UserCommandTest extends CommandTest implements UserCommandContract {}
