package dev.osmo.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  private static final int LOWEST_OF_OUTGOING_CONNECTIONS = 32_768;

  @Test
  void they_differ_and_each_can_be_listened_on() throws IOException {
    List<Integer> ports = FreePorts.find(50);

    assertThat(ports).hasSize(50).doesNotHaveDuplicates();
    for (int port : ports) {
      try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(server.isBound()).isTrue();
      }
    }
  }

  /** Linux would give such a port to the next outgoing connection of any program. */
  @Test
  void none_is_a_port_of_outgoing_connections() {
    assertThat(FreePorts.find(200))
        .allMatch(port -> port >= 1_024 && port < LOWEST_OF_OUTGOING_CONNECTIONS);
  }
}
