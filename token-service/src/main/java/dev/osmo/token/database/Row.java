package dev.osmo.token.database;

import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the result of a native statement, read by the names of its columns. */
public final class Row {

  /** A row as Hibernate or as the driver has it. */
  private interface Columns {
    <T> T get(String column, Class<T> type);
  }

  private final Columns columns;

  Row(Tuple columns) {
    this.columns = columns::get;
  }

  Row(io.vertx.mutiny.sqlclient.Row columns) {
    this.columns =
        new Columns() {
          @Override
          public <T> T get(String column, Class<T> type) {
            return columns.get(type, column);
          }
        };
  }

  public String text(String column) {
    return columns.get(column, String.class);
  }

  public @Nullable String textOrNull(String column) {
    return columns.get(column, String.class);
  }

  /** The parts of a text that the statement joined with commas. Null is the empty list. */
  public List<String> texts(String column) {
    String joined = textOrNull(column);
    return joined == null ? List.of() : List.of(joined.split(","));
  }

  public boolean flag(String column) {
    return columns.get(column, Boolean.class);
  }

  public @Nullable Boolean flagOrNull(String column) {
    return columns.get(column, Boolean.class);
  }

  public long number(String column) {
    return columns.get(column, Long.class);
  }

  public UUID uuid(String column) {
    return columns.get(column, UUID.class);
  }

  public @Nullable UUID uuidOrNull(String column) {
    return columns.get(column, UUID.class);
  }

  public Instant instant(String column) {
    return columns.get(column, OffsetDateTime.class).toInstant();
  }

  public @Nullable Instant instantOrNull(String column) {
    OffsetDateTime time = columns.get(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
