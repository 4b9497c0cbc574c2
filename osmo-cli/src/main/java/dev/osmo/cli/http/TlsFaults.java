package dev.osmo.cli.http;

import java.io.EOFException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/** What a failed TLS handshake means. The JDK tells it by the chain of causes. */
final class TlsFaults {
  private static final int MOST = 10;

  private TlsFaults() {}

  static NetworkFault of(SSLException refused) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable each = refused; each != null && causes.size() < MOST; each = each.getCause()) {
      causes.add(each);
    }
    String message = String.valueOf(refused.getMessage());
    if (any(causes, CertificateExpiredException.class)
        || any(causes, CertificateNotYetValidException.class)) {
      return new NetworkFault(NetworkFault.Kind.NOT_VALID_NOW);
    }
    if (any(causes, CertPathBuilderException.class)) {
      return new NetworkFault(NetworkFault.Kind.UNTRUSTED);
    }
    // The exact class: its subclasses say that the path or the format is wrong.
    if (causes.stream().anyMatch(cause -> cause.getClass() == CertificateException.class)) {
      return new NetworkFault(NetworkFault.Kind.OTHER_HOST);
    }
    // The only sign of a response that is not a TLS record.
    if (message.contains("Unsupported or unrecognized SSL message")) {
      return new NetworkFault(NetworkFault.Kind.NOT_TLS);
    }
    if (any(causes, EOFException.class) || any(causes, SocketException.class)) {
      return new NetworkFault(NetworkFault.Kind.NO_RESPONSE);
    }
    return new NetworkFault(NetworkFault.Kind.TLS_FAILED, message);
  }

  private static boolean any(List<Throwable> causes, Class<? extends Throwable> type) {
    return causes.stream().anyMatch(type::isInstance);
  }
}
