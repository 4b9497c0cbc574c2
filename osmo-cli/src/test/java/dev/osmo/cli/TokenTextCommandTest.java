package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class TokenTextCommandTest extends CommandTest implements TokenTextCommandContract {}
