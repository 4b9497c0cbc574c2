package dev.osmo.cli.output;

/** Values of an option that can also be separated by commas. */
public final class CommaList {
  /**
   * Not at the end: otherwise {@code "$A,$B"} with unset variables would be no value instead of a
   * wrong one, and mean, for example, all roles.
   */
  public static final String SEPARATOR = ",(?!$)";

  /** For help texts. */
  public static final String LABEL = ",";

  private CommaList() {}
}
