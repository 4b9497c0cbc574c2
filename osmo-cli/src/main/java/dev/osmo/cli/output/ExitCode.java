package dev.osmo.cli.output;

/** The exit codes of the process. Scripts depend on the numbers. */
public enum ExitCode {
  OK(0),
  REFUSED_SUBMISSION(1),
  /** A user whom the directory has disabled. */
  STAYS_DISABLED(1),
  /** A scan found tokens. */
  FOUND(1),
  USER_ERROR(2),
  INTERRUPTED(3),
  NOT_AUTHENTICATED(4),
  NOT_FOUND(5),
  ALREADY_EXISTS(6),
  FORBIDDEN(7),
  SERVER_ERROR(10),
  TRY_LATER(75),
  /** As shells report a command that exists but cannot be started. */
  COMMAND_NOT_EXECUTABLE(126),
  /** As shells report a command that does not exist. */
  COMMAND_NOT_FOUND(127),
  /** The code that shells report for a program stopped by SIGPIPE. */
  OUTPUT_CLOSED(141);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
