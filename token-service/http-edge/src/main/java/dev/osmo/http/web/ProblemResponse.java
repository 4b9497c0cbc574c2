package dev.osmo.http.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.http.problem.ProblemDocument;
import dev.osmo.http.problem.ProblemType;
import dev.osmo.http.problem.Refusal;
import dev.osmo.http.request.RequestId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes the response to a request that is refused before the HTTP server reads it, with the headers
 * that every response has.
 */
record ProblemResponse(ObjectMapper json, Supplier<Map<String, String>> headersOfAll) {

  FullHttpResponse to(HttpRequest request, Refusal refused) {
    ProblemType type = refused.type();
    RequestId id = RequestId.acceptOrGenerate(request.headers().get(RequestId.HEADER));
    byte[] document = written(ProblemDocument.of(refused, id)).getBytes(UTF_8);
    ByteBuf body =
        request.method().equals(HttpMethod.HEAD)
            ? Unpooled.EMPTY_BUFFER
            : Unpooled.wrappedBuffer(document);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(type.status()), body);
    HttpHeaders headers = response.headers();
    headersOfAll.get().forEach(headers::set);
    headers
        .set(RequestId.HEADER, id.value())
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set(HttpHeaderNames.CONTENT_TYPE, ProblemDocument.MEDIA_TYPE.toString())
        .set(HttpHeaderNames.CONTENT_LENGTH, document.length);
    type.help().ifPresent(link -> headers.set("Link", link));
    if (type.retryAfterSeconds() > 0) {
      headers.set(HttpHeaderNames.RETRY_AFTER, type.retryAfterSeconds());
    }
    return response;
  }

  private String written(ProblemDocument problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem document can always be written", e);
    }
  }
}
