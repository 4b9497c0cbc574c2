package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class VersionCommandTest extends CommandTest implements VersionCommandContract {}
