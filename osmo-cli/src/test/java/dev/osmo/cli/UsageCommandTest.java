package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class UsageCommandTest extends CommandTest implements UsageCommandContract {}
