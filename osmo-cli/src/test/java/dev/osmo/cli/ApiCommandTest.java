package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ApiCommandTest extends CommandTest implements ApiCommandContract {}
