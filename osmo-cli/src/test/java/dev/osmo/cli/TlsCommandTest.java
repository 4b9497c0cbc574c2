package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class TlsCommandTest extends CommandTest implements TlsCommandContract {}
