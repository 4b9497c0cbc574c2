package dev.osmo.http.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import java.security.Signature;
import org.jboss.logging.Logger;

/**
 * Makes Amazon Corretto Crypto Provider the first security provider, where its native library loads
 * and passes its self tests. Elsewhere the JDK's own providers serve: slower, with the same
 * results.
 *
 * <p>The gauge {@code osmo.crypto.provider} is 1 and names the provider that signs.
 */
@ApplicationScoped
public class CorrettoProvider {

  private static final Logger LOG = Logger.getLogger(CorrettoProvider.class);

  /** Before anything asks for an algorithm. */
  private static final int BEFORE_ALL_OTHERS = 1;

  private static final String ES256 = "SHA256withECDSA";

  private final MeterRegistry meters;

  CorrettoProvider(MeterRegistry meters) {
    this.meters = meters;
  }

  void install(@Observes @Priority(BEFORE_ALL_OTHERS) StartupEvent event) {
    install(AmazonCorrettoCryptoProvider.INSTANCE);
    Gauge.builder("osmo.crypto.provider", () -> 1)
        .description("The security provider that signs and verifies, as a label")
        .tag("name", signing())
        .register(meters);
  }

  private static void install(AmazonCorrettoCryptoProvider provider) {
    Throwable error = provider.getLoadingError();
    if (error == null && provider.runSelfTests() == SelfTestStatus.PASSED) {
      Security.insertProviderAt(provider, 1);
      LOG.debugf("ES256 by %s", signing());
    } else {
      LOG.warnf(
          "Amazon Corretto Crypto Provider is not available on this platform (%s):"
              + " the JDK's provider signs, at about a tenth of the speed",
          error == null ? "its self tests failed" : error.getMessage());
    }
  }

  /** The name of the provider that an ES256 signature comes from. */
  static String signing() {
    try {
      return Signature.getInstance(ES256).getProvider().getName();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
