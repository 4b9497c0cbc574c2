package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class LeakCommandTest extends CommandTest implements LeakCommandContract {}
