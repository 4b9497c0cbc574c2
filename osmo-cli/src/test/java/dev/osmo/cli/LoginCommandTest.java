package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class LoginCommandTest extends CommandTest implements LoginCommandContract {}
