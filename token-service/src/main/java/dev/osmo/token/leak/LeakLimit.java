package dev.osmo.token.leak;

import dev.osmo.token.settings.TokenServiceSettings;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * So many reports a minute for each address, in the memory of this replica. The addresses that came
 * last are remembered, so the memory is bounded.
 */
@ApplicationScoped
class LeakLimit {

  private static final int ADDRESSES = 10_000;

  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final int perMinute;
  private final TrustedProxies proxies;
  private final Map<ClientAddress, Window> windows =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ClientAddress, Window> eldest) {
          return size() > ADDRESSES;
        }
      };

  LeakLimit(TokenServiceSettings settings) {
    this.perMinute = settings.leakReport().perMinute();
    this.proxies = TrustedProxies.read(settings.leakReport().trustedProxies().orElse(List.of()));
  }

  private record Window(long minute, int count) {

    Window counted(long now) {
      return minute == now ? new Window(now, count + 1) : new Window(now, 1);
    }
  }

  boolean allows(HttpServerRequest request) {
    SocketAddress peer = request.connection().remoteAddress();
    return allows(
        proxies.clientOf(
            peer == null ? null : peer.hostAddress(), request.headers().getAll(FORWARDED_FOR)));
  }

  private synchronized boolean allows(ClientAddress address) {
    long minute = TimeUnit.NANOSECONDS.toMinutes(System.nanoTime());
    Window window = windows.getOrDefault(address, new Window(minute, 0)).counted(minute);
    windows.put(address, window);
    return window.count() <= perMinute;
  }
}
