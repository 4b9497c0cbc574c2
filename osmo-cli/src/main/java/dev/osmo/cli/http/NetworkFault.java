package dev.osmo.cli.http;

import java.io.IOException;

/** A request without a complete response. */
public final class NetworkFault extends IOException {
  private static final long serialVersionUID = 1L;

  /** What happened. */
  public enum Kind {
    /** The name of the peer has no address. */
    NAME_NOT_FOUND,
    /** Nothing listens on the port of the peer. */
    REFUSED,
    /** No network leads to the peer. */
    NO_ROUTE,
    /** The peer did not accept the connection in time. */
    CONNECT_TIMEOUT,
    /** The proxy requires a password, or does not accept it. */
    PROXY_PASSWORD,
    /** The proxy does not connect to the server; the detail is its status. */
    PROXY_STATUS,
    /** The port does not use TLS. */
    NOT_TLS,
    /** The port uses TLS, but the request was not encrypted. */
    IS_TLS,
    /** No trusted authority signed the certificate. */
    UNTRUSTED,
    /** The certificate is for another host. */
    OTHER_HOST,
    /** The certificate is not valid now. */
    NOT_VALID_NOW,
    /** Another failure of the TLS handshake; the detail is the reason. */
    TLS_FAILED,
    /** The response is not HTTP/1.1 or HTTP/1.0. */
    NOT_HTTP,
    /** The connection was closed before the first byte of a response. */
    NO_RESPONSE,
    /** The connection was closed before the end of the response. */
    CUT_OFF,
    /** The response is larger than the limit. */
    TOO_LARGE
  }

  private final Kind kind;
  private final String detail;

  NetworkFault(Kind kind) {
    this(kind, "");
  }

  NetworkFault(Kind kind, String detail) {
    super(kind + " " + detail);
    this.kind = kind;
    this.detail = detail;
  }

  public Kind kind() {
    return kind;
  }

  /** Untrusted, or empty. */
  public String detail() {
    return detail;
  }
}
