package dev.osmo.cli.http;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;

/**
 * Trusts the servers that Java would trust with these root certificates. Java decides: first with
 * the roots that the server's certificates name, which are quick to find, and only if that fails
 * with all of them. Fewer roots never make Java trust more.
 */
final class RootTrust extends X509ExtendedTrustManager {
  /** A decision by Java with some of the roots. */
  private interface Decision {
    void by(X509ExtendedTrustManager java) throws CertificateException;
  }

  private final RootCertificates roots;

  RootTrust(RootCertificates roots) {
    this.roots = roots;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyExchange, Socket socket)
      throws CertificateException {
    decide(chain, java -> java.checkServerTrusted(chain, keyExchange, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine)
      throws CertificateException {
    decide(chain, java -> java.checkServerTrusted(chain, keyExchange, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyExchange)
      throws CertificateException {
    decide(chain, java -> java.checkServerTrusted(chain, keyExchange));
  }

  private void decide(X509Certificate[] chain, Decision decision) throws CertificateException {
    List<X509Certificate> named = roots.withAnyOf(names(chain));
    if (!named.isEmpty()) {
      try {
        decision.by(java(named));
        return;
      } catch (CertificateException perhapsByAnotherRoot) {
        // All roots together decide.
      }
    }
    decision.by(java(roots.all()));
  }

  private static Set<X500Principal> names(X509Certificate[] chain) {
    Set<X500Principal> names = new HashSet<>();
    for (X509Certificate each : chain) {
      names.add(each.getIssuerX500Principal());
      names.add(each.getSubjectX500Principal());
    }
    return names;
  }

  private static X509ExtendedTrustManager java(List<X509Certificate> roots) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (X509Certificate root : roots) {
        store.setCertificateEntry("root-" + store.size(), root);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (IOException | GeneralSecurityException unusable) {
      throw new IllegalStateException("Java cannot verify certificates", unusable);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyExchange, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, keyExchange);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, keyExchange);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyExchange)
      throws CertificateException {
    throw new CertificateException("Only servers are verified");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
