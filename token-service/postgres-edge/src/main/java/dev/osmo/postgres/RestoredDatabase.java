package dev.osmo.postgres;

/** The database was restored from a backup, and no operator has accepted it yet. */
public final class RestoredDatabase extends LeaseLost {

  private static final long serialVersionUID = 1L;

  RestoredDatabase(String sentence) {
    super(sentence);
  }

  /** A sentence for the operator, with the command to run. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
