package dev.osmo.bench.system;

import dev.osmo.local.gateway.Gateway;
import dev.osmo.local.gateway.PublicAddress;
import io.vertx.core.Vertx;

/** The gateway of the local system, alone in a process. */
final class GatewayProgram {

  private GatewayProgram() {}

  /** Takes its own port, and the port of the exchange. */
  public static void main(String[] arguments) {
    int exchange = Integer.parseInt(arguments[1]);
    Vertx vertx = Vertx.vertx();
    Gateway gateway = new Gateway(vertx);
    gateway.forward(exchange, exchange, exchange).open();
    new PublicAddress(Integer.parseInt(arguments[0])).listen(vertx, gateway.router());
  }
}
