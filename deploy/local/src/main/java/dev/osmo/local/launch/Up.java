package dev.osmo.local.launch;

import dev.osmo.local.CannotStart;
import dev.osmo.local.folder.DataFolder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code deploy/local/up}: starts the whole system on this machine, in the foreground. The script
 * of that name describes the options.
 */
@Command(name = "deploy/local/up")
final class Up implements Callable<Integer> {
  private static final int WRONG_USAGE = 2;

  @Option(names = "--data")
  @Nullable Path data;

  @Option(names = "--port", defaultValue = "8080", converter = Port.class)
  int port;

  @Option(names = "--audience", paramLabel = "NAME", converter = Audience.class)
  List<String> audiences = new ArrayList<>();

  @Option(names = "--demo")
  boolean demo;

  @Option(names = "--train")
  boolean train;

  public static void main(String[] arguments) {
    PrintWriter err =
        new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.exit(commandLine(err).execute(arguments));
  }

  static CommandLine commandLine(PrintWriter err) {
    return new CommandLine(new Up()).setParameterExceptionHandler(Up::refuse).setErr(err);
  }

  private static int refuse(ParameterException e, String[] arguments) {
    e.getCommandLine()
        .getErr()
        .println("osmo: " + e.getMessage() + ". See: deploy/local/up --help");
    return WRONG_USAGE;
  }

  /** Returns only after a failure; a signal stops a running stack. */
  @Override
  public Integer call() {
    PrintStream err = standard(FileDescriptor.err);
    Stack stack =
        new Stack(
            Installation.ofThisJar(),
            new Progress(standard(FileDescriptor.out), Boolean.getBoolean("osmo.terminal")));
    try {
      stack.run(this);
    } catch (CannotStart e) {
      if (!stack.stopping()) {
        err.println("osmo: " + e.getMessage());
      }
    }
    return 1;
  }

  /** Where the user wants the data, else the usual place. */
  Path data() {
    return data == null ? DataFolder.usualPlace(System.getenv()) : data;
  }

  private static PrintStream standard(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** A port that a server can listen on. */
  static final class Port implements ITypeConverter<Integer> {
    private static final int LAST = 65_535;

    @Override
    public Integer convert(String text) {
      try {
        int port = Integer.parseInt(text);
        if (port >= 1 && port <= LAST) {
          return port;
        }
      } catch (NumberFormatException e) {
        // Not a port either.
      }
      throw new TypeConversionException("'%s' is not a port from 1 to %d".formatted(text, LAST));
    }
  }

  /** A name that needs no quoting in a list of names. */
  static final class Audience implements ITypeConverter<String> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]*");

    @Override
    public String convert(String text) {
      if (!NAME.matcher(text).matches()) {
        throw new TypeConversionException(
            "'%s' is not a name of letters, digits and the characters . _ : / -".formatted(text));
      }
      return text;
    }
  }
}
