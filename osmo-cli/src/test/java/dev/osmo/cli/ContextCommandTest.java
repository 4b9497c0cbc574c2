package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ContextCommandTest extends CommandTest implements ContextCommandContract {}
