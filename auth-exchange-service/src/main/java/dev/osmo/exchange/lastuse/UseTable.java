package dev.osmo.exchange.lastuse;

import dev.osmo.exchange.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes uses through {@code record_use}, a function that runs with the owner's rights. */
@ApplicationScoped
class UseTable {

  private static final String RECORD = "SELECT record_use($1, $2)";

  private final Database database;

  UseTable(Database database) {
    this.database = database;
  }

  Uni<Void> record(Map<UUID, UsePeriod> uses) {
    UUID[] secretIds = uses.keySet().stream().flatMap(id -> Stream.of(id, id)).toArray(UUID[]::new);
    return database
        .query(RECORD, Tuple.tuple().addValue(secretIds).addValue(timesOf(uses)))
        .replaceWithVoid();
  }

  private static OffsetDateTime[] timesOf(Map<UUID, UsePeriod> uses) {
    return uses.values().stream()
        .flatMap(use -> Stream.of(use.first(), use.last()))
        .map(time -> time.atOffset(ZoneOffset.UTC))
        .toArray(OffsetDateTime[]::new);
  }
}
