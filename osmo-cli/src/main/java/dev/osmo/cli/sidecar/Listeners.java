package dev.osmo.cli.sidecar;

import dev.osmo.cli.listen.Answer;
import dev.osmo.cli.listen.Answering;
import dev.osmo.cli.listen.ListenAddress;
import dev.osmo.cli.listen.Listener;
import dev.osmo.cli.listen.RequestHead;
import dev.osmo.cli.output.Terminal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** What the sidecar listens on. Each address is reported, because port 0 stands for any. */
final class Listeners implements AutoCloseable {
  private final Terminal terminal;
  private final List<Listener> all = new CopyOnWriteArrayList<>();

  Listeners(Terminal terminal) {
    this.terminal = terminal;
  }

  void answer(String what, ListenAddress address, int most, Function<RequestHead, Answer> answers) {
    serve(what, address, most, new Answering(answers));
  }

  void serve(String what, ListenAddress address, int most, Listener.Service service) {
    Listener listener = Listener.start(address, most, service);
    all.add(listener);
    terminal.message(what + " on " + listener.address() + ".");
  }

  @Override
  public void close() {
    all.forEach(Listener::close);
  }
}
