package dev.osmo.cli.scan;

import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Exit code 0: everything was scanned and no token found. 1: tokens were found. 2: no token was
 * found, but not everything could be read.
 */
@Command(
    name = "scan",
    description = "Find exposed tokens in files or a stream. The exit code is 1 if there are any.")
public class TokenScanCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files and directories to scan; - is standard input.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = {"-t", "--format-type"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "Output format: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ReportFormat reportFormat = ReportFormat.TEXT;

  private final Environment environment;
  private final Terminal terminal;
  private final String version;

  TokenScanCommand(
      Environment environment,
      Terminal terminal,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.environment = environment;
    this.terminal = terminal;
    this.version = version;
  }

  /** If the results cannot be printed, the caller reports that and chooses the exit code. */
  @Override
  public Integer call() {
    ScanReport report = new ScanReport(terminal, reportFormat == ReportFormat.TEXT);
    try (report) {
      search(report);
    } catch (ScanReport.OutputClosed lost) {
      return ExitCode.OK.number();
    }
    terminal.block(reportFormat.document(report.tokens(), report.sawEverything(), version));
    return (terminal.delivered() ? exitCode(report) : ExitCode.OK).number();
  }

  private void search(ScanReport report) {
    TokenFinder finder = new TokenFinder();
    ScannedTree tree = new ScannedTree(finder, report, report::found);
    for (String path : paths) {
      if (path.equals("-")) {
        searchStandardInput(finder, report);
      } else {
        tree.search(environment.path(path));
      }
    }
  }

  private void searchStandardInput(TokenFinder finder, ScanReport report) {
    try {
      finder.find(
          terminal.in(),
          (line, column, token) -> report.found(FoundToken.of("stdin", line, column, token)));
    } catch (IOException broken) {
      throw Failure.of(ExitCode.USER_ERROR, "Cannot read standard input", "");
    }
  }

  private static ExitCode exitCode(ScanReport report) {
    if (!report.tokens().isEmpty()) {
      return ExitCode.FOUND;
    }
    return report.sawEverything() ? ExitCode.OK : ExitCode.USER_ERROR;
  }
}
