package dev.osmo.cli.workflow;

import dev.osmo.cli.options.Moment;
import dev.osmo.cli.output.CommaList;
import dev.osmo.cli.server.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Conditions on listed workflows: priority, labels, tags, app, submission time. */
class WorkflowMarks {
  @Option(
      names = "--submitted-after",
      paramLabel = "YYYY-MM-DD",
      converter = Moment.Typed.class,
      description = "Only workflows submitted on this date or later.")
  private Optional<Moment> submittedAfter = Optional.empty();

  @Option(
      names = "--submitted-before",
      paramLabel = "YYYY-MM-DD",
      converter = Moment.Typed.class,
      description = "Only workflows submitted before this date.")
  private Optional<Moment> submittedBefore = Optional.empty();

  @Option(
      names = "--tags",
      arity = "1..*",
      split = CommaList.SEPARATOR,
      splitSynopsisLabel = CommaList.LABEL,
      paramLabel = "TAG",
      description = "Only workflows with these tags.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--priority",
      arity = "1..*",
      split = CommaList.SEPARATOR,
      splitSynopsisLabel = CommaList.LABEL,
      paramLabel = "PRIORITY",
      description = "Only workflows of these priorities: ${COMPLETION-CANDIDATES}.")
  private List<Priority> priorities = new ArrayList<>();

  @Option(
      names = "--label",
      paramLabel = "KEY=SELECTOR",
      description =
          "Only workflows whose label matches; * matches any text, (a|b) either value; repeatable.")
  private List<String> labels = new ArrayList<>();

  @Option(
      names = "--no-label",
      paramLabel = "KEY",
      description = "Only workflows without this label; repeatable.")
  private List<String> absentLabels = new ArrayList<>();

  @Option(
      names = {"-P", "--app"},
      paramLabel = "APP",
      description = "Only workflows created by this app: APP or APP:VERSION.")
  private Optional<String> app = Optional.empty();

  ServerRequest addTo(ServerRequest request) {
    return request
        .withAll("tags", tags)
        .with("app", app)
        .withAll("priority", priorities.stream().map(Priority::name).toList())
        .withAll("label", labels)
        .withAll("no_label", absentLabels)
        .with("submitted_after", submittedAfter.map(Moment::text))
        .with("submitted_before", submittedBefore.map(Moment::text));
  }
}
