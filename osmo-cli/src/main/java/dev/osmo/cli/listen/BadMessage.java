package dev.osmo.cli.listen;

import java.io.IOException;

/** Bytes that are refused because they are not HTTP/1.1, or are larger than a limit. */
public final class BadMessage extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * Refuses a message.
   *
   * @param status of the response
   * @param why a sentence without its full stop, and without bytes of the message
   */
  public BadMessage(int status, String why) {
    super(why);
    this.status = status;
  }

  static BadMessage malformed(String why) {
    return new BadMessage(400, why);
  }

  public int status() {
    return status;
  }

  public String why() {
    return String.valueOf(getMessage());
  }
}
