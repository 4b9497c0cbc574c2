package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class AdviceCommandTest extends CommandTest implements AdviceCommandContract {}
