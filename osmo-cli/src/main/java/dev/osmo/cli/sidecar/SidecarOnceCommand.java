package dev.osmo.cli.sidecar;

import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Credential;
import dev.osmo.cli.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code osmo sidecar once}: for an init container, or the first step of a job. */
@Command(name = "once", description = "Write JWTs to files and exit. They are not renewed.")
class SidecarOnceCommand implements Runnable {
  @Mixin private SinkOptions sinks = new SinkOptions();

  private final Session session;
  private final Terminal terminal;

  SidecarOnceCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  /** Writes nothing unless all exchanges succeed. */
  @Override
  public void run() {
    sinks.atLeastOne().forEach(Sink::requireFolder);
    Map<Sink, Credential> credentials = new LinkedHashMap<>();
    sinks
        .byRights()
        .forEach(
            (rights, ofThem) -> {
              Credential credential = session.credential(rights);
              ofThem.forEach(sink -> credentials.put(sink, credential));
            });
    credentials.forEach(Sink::write);
    credentials.forEach(
        (sink, credential) ->
            terminal.message(
                sink.file() + ": JWT valid until " + credential.jwt().expiresAt() + "."));
  }
}
