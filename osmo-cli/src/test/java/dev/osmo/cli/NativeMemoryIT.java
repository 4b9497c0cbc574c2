package dev.osmo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The memory of the native binary, which contains the token while it runs. */
@ExtendWith(NativeBinary.class)
class NativeMemoryIT {
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
        new ProcessBuilder("kill", "-USR1", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 10);
        assertThat(asking.isConnected()).isTrue();
      }
    }
    try (var files = Files.list(home)) {
      assertThat(files).isEmpty();
    }
  }
}
