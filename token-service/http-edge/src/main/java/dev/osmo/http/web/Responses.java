package dev.osmo.http.web;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/** Recognizes the messages of the HTTP codec that end a response. */
final class Responses {

  private Responses() {}

  /** Whether a response ends with this message. An informational one is followed by another. */
  static boolean endsWith(Object message) {
    return message instanceof LastHttpContent
        && !(message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL);
  }
}
