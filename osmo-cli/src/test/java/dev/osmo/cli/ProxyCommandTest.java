package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ProxyCommandTest extends CommandTest implements ProxyCommandContract {}
