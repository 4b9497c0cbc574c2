package dev.osmo.local.system;

import dev.osmo.local.process.FreePorts;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Debian's nginx with a configuration of a test, as one unprivileged process in the foreground. */
final class NginxServer implements AutoCloseable {
  /** The system property that names the program. */
  static final String PROGRAM = "osmo.nginx";

  private final int port;
  private final Process process;

  private NginxServer(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param http what the block {@code http} contains outside of its server
   * @param server what the block {@code server} contains
   */
  static NginxServer start(Path folder, String http, String server) throws IOException {
    int port = FreePorts.find(1).getFirst();
    Path configuration =
        Files.writeString(
            folder.resolve("nginx.conf"),
            """
            daemon off;
            master_process off;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            events {}
            http {
              access_log off;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
            %2$s
              server {
                listen 127.0.0.1:%3$d;
                proxy_http_version 1.1;
            %4$s
              }
            }
            """
                .formatted(folder, http, port, server));
    Process process =
        new ProcessBuilder(
                System.getProperty(PROGRAM),
                "-c",
                configuration.toString(),
                "-e",
                folder.resolve("error.log").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile())
            .start();
    NginxServer started = new NginxServer(port, process);
    try {
      Awaitility.await().atMost(Patience.LONG).until(() -> started.accepts() || !process.isAlive());
    } catch (ConditionTimeoutException late) {
      process.destroyForcibly();
      throw late;
    }
    if (!process.isAlive()) {
      throw new AssertionError(
          "nginx exited: "
              + Files.readString(folder.resolve("output.log"))
              + Files.readString(folder.resolve("error.log")));
    }
    return started;
  }

  private boolean accepts() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
