package dev.osmo.cli.output;

/** What the process tells the shell. The numbers are a promise to scripts. */
public enum ExitCode {
  OK(0),
  REFUSED_SUBMISSION(1),
  /** A search found what it is meant to find. */
  FOUND(1),
  USER_ERROR(2),
  INTERRUPTED(3),
  NOT_AUTHENTICATED(4),
  NOT_FOUND(5),
  ALREADY_EXISTS(6),
  FORBIDDEN(7),
  SERVER_ERROR(10),
  TRY_LATER(75),
  /** As shells tell that a program has died of SIGPIPE. */
  NOBODY_READS(141);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
