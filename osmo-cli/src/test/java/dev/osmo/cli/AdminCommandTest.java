package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class AdminCommandTest extends CommandTest implements AdminCommandContract {}
