package dev.osmo.cli.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.ServerTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One entry of the server's list as a table row. */
record ListedWorkflow(JsonNode entry) {
  private static final DateTimeFormatter SUBMIT_TIME =
      DateTimeFormatter.ofPattern("MMM dd, yyyy HH:mm zzz", Locale.ENGLISH);

  String name() {
    return text("name");
  }

  String[] cells(ZoneId zone) {
    return new String[] {
      text("user"),
      name(),
      submitTime(zone),
      text("status"),
      text("priority"),
      labels(),
      text("overview")
    };
  }

  String[] wideCells(ZoneId zone) {
    return Stream.concat(
            Stream.of(cells(zone)), Stream.of(text("pool"), text("app_name"), text("duration")))
        .toArray(String[]::new);
  }

  private String text(String field) {
    String text = entry.path(field).asText("");
    return text.isEmpty() ? "-" : text;
  }

  private String submitTime(ZoneId zone) {
    String text = text("submit_time");
    return ServerTime.parse(text).map(time -> SUBMIT_TIME.format(time.atZone(zone))).orElse(text);
  }

  private String labels() {
    String labels =
        entry.path("labels").properties().stream()
            .map(label -> label.getKey() + "=" + label.getValue().asText())
            .sorted()
            .collect(Collectors.joining(", "));
    return labels.isEmpty() ? "-" : labels;
  }
}
