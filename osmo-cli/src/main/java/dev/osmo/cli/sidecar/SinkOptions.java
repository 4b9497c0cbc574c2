package dev.osmo.cli.sidecar;

import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --sink}. */
class SinkOptions {
  @Option(
      names = "--sink",
      paramLabel = "SINK",
      converter = SinkOption.class,
      description = {
        "A file for a JWT: file:PATH[,format=FORMAT][,mode=MODE][,audience=AUDIENCE][,roles=A+B]",
        "[,registry=HOST]. FORMAT is raw (default), header, json, env or docker. MODE is 0440 if"
            + " it is not given. Can be repeated."
      })
  private List<Sink> sinks = new ArrayList<>();

  List<Sink> all() {
    return List.copyOf(sinks);
  }

  /**
   * All of them.
   *
   * @throws Failure if there is none
   */
  List<Sink> atLeastOne() {
    if (sinks.isEmpty()) {
      throw Failure.of(
          ExitCode.USER_ERROR, "There is no --sink", "Example: --sink file:/run/osmo/jwt");
    }
    return all();
  }

  /** By the rights of their JWTs, so that equal ones need one exchange. */
  Map<Downscope, List<Sink>> byRights() {
    Map<Downscope, List<Sink>> byRights = new LinkedHashMap<>();
    sinks.forEach(
        sink -> byRights.computeIfAbsent(sink.wanted(), rights -> new ArrayList<>()).add(sink));
    return byRights;
  }
}
