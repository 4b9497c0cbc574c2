package dev.osmo.cli.server;

import java.net.IDN;
import java.util.regex.Pattern;

/** The host of an address as a user types it. */
final class HostName {
  private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");
  private static final Pattern HOST = Pattern.compile("[0-9A-Za-z_.-]*|\\[[0-9A-Fa-f:.]*]");

  /** IDNA 2003, which Java implements, maps these to other names than IDNA 2008 does. */
  private static final Pattern AMBIGUOUS = Pattern.compile(".*[\u00df\u03c2\u200c\u200d].*");

  private HostName() {}

  /**
   * The host in ASCII, for example {@code xn--bcher-kva.example}, which also shows an imitated
   * name. Empty for anything that is not a host.
   */
  static String ascii(String typed) {
    String host = ASCII.matcher(typed).matches() ? typed : encoded(typed);
    return HOST.matcher(host).matches() ? host : "";
  }

  private static String encoded(String typed) {
    try {
      return AMBIGUOUS.matcher(typed).matches() ? "" : IDN.toASCII(typed);
    } catch (IllegalArgumentException noName) {
      return "";
    }
  }
}
