package dev.osmo.exchange.start;

import dev.osmo.testkit.process.PackagedServiceContract;
import java.util.List;
import java.util.stream.Stream;

class PackagedServiceIT implements PackagedServiceContract {

  @Override
  public List<String> commands() {
    return List.of("rotate-keys", "revoke-key KID");
  }

  @Override
  public List<String> unused() {
    return Stream.concat(
            PackagedServiceContract.super.unused().stream(),
            Stream.of("xml.bind", "jakarta.activation"))
        .toList();
  }
}
