package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class AuthCommandTest extends CommandTest implements AuthCommandContract {}
