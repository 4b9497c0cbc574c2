package dev.osmo.token.notice;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.osmo.http.start.JsonFile;
import dev.osmo.http.start.SecretFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The webhooks of the operator's file. Names are unique. */
record Webhooks(List<Webhook> all) {

  Webhooks {
    all = List.copyOf(all);
  }

  private record Content(List<Webhook.Entry> webhooks) {

    @JsonCreator
    static Content of(@JsonProperty("webhooks") @Nullable List<Webhook.Entry> webhooks) {
      if (webhooks == null || webhooks.contains(null)) {
        throw new IllegalArgumentException("has no list of webhooks");
      }
      return new Content(webhooks);
    }
  }

  /**
   * Reads the file; without one, nobody gets a notice.
   *
   * @throws dev.osmo.http.start.StartRefused if the file cannot be used
   */
  static Webhooks read(Optional<Path> path) {
    return path.map(Webhooks::read).orElseGet(() -> new Webhooks(List.of()));
  }

  private static Webhooks read(Path path) {
    return new JsonFile(new SecretFile("file of webhooks", path))
        .read(
            Content.class,
            content -> different(content.webhooks().stream().map(Webhook::of).toList()));
  }

  private static Webhooks different(List<Webhook> webhooks) {
    if (webhooks.stream().map(Webhook::name).distinct().count() < webhooks.size()) {
      throw new IllegalArgumentException("has two webhooks with the same name");
    }
    return new Webhooks(webhooks);
  }

  List<String> names() {
    return all.stream().map(Webhook::name).toList();
  }
}
