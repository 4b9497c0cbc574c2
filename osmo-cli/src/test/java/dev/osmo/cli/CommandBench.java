package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The server and the home directory of one test. */
abstract class CommandBench implements CommandContract {
  @TempDir private Path folder;
  Path home;
  WireMockServer server;
  String token;

  @BeforeEach
  void startServer() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    token = Contracts.token();
    server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").jettyAcceptors(1));
    server.start();
    variable("HOME", home.toString());
  }

  @AfterEach
  void stopServer() {
    server.stop();
  }

  @Override
  public WireMockServer server() {
    return server;
  }

  @Override
  public Path home() {
    return home;
  }

  @Override
  public String token() {
    return token;
  }
}
