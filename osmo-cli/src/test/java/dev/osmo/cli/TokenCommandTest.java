package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class TokenCommandTest extends CommandTest implements TokenCommandContract {}
