package dev.osmo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The memory of the native binary, which contains the token while it runs. */
@ExtendWith(NativeBinary.class)
class NativeMemoryIT {
  private static final long LARGEST_SIDECAR = 40 * 1024;
  private static final int EXCHANGE_LENGTH = "{\"token\":\"\"}".length() + 39;

  @TempDir Path home;

  @Test
  @Tag("I1")
  void no_signal_causes_a_memory_dump() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ProcessBuilder builder = new ProcessBuilder(NativeBinary.command("token", "list"));
      builder.directory(home.toFile()).redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("HOME", home.toString());
      builder.environment().put("OSMO_URL", "http://localhost:" + silent.getLocalPort());
      builder.environment().put("OSMO_TOKEN", Contracts.token());
      Process process = builder.start();
      try (Socket asking = silent.accept()) {
        SystemProgram.run("kill", "-USR1", Long.toString(process.pid()));

        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 10);
        assertThat(asking.isConnected()).isTrue();
      }
    }
    try (var files = Files.list(home)) {
      assertThat(files).isEmpty();
    }
  }

  /** A container with a sidecar requests 40 MiB. */
  @Test
  void a_sidecar_stays_small_after_thousands_of_requests() throws Exception {
    String body = "{\"token\":\"" + FakeJwt.livingFor(300, "small") + "\"}";
    try (ByteServer server =
            new ByteServer(
                (head, in, out) -> {
                  in.readNBytes(head.startsWith("POST") ? EXCHANGE_LENGTH : 0);
                  ByteServer.ok(out, body);
                });
        RunningSidecar sidecar =
            RunningSidecar.start(
                home,
                Map.of("OSMO_URL", server.url(), "OSMO_TOKEN", Contracts.token()),
                "--sink=file:" + home.resolve("jwt"),
                "--listen=127.0.0.1:0",
                "--proxy=127.0.0.1:0",
                "--upstream=" + server.url())) {
      int api = sidecar.port("API");
      int proxy = sidecar.port("Proxy");
      for (int i = 0; i < 2000; i++) {
        assertThat(RawClient.response(api, request("/v1/token"))).startsWith("HTTP/1.1 200");
        assertThat(RawClient.response(proxy, request("/any"))).startsWith("HTTP/1.1 200");
      }

      assertThat(resident(sidecar.process())).isLessThanOrEqualTo(LARGEST_SIDECAR);
    }
  }

  private static String request(String path) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nOsmo-Sidecar: true\r\nConnection: close\r\n\r\n";
  }

  /** In KiB. */
  private static long resident(Process process) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }
}
