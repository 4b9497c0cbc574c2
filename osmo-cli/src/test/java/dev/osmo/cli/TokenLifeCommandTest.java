package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class TokenLifeCommandTest extends CommandTest implements TokenLifeCommandContract {}
