package dev.osmo.client.wire;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request whose response cannot take longer or be larger than allowed. A redirect is a response
 * like any other.
 */
public record LimitedCall(HttpClient client, Duration deadline, int largestBody) {

  /**
   * Throws if the client would send the credential of a request to another address.
   *
   * @throws IllegalArgumentException if the client follows redirects
   */
  public LimitedCall {
    if (client.followRedirects() != Redirect.NEVER) {
      throw new IllegalArgumentException(
          "The HttpClient follows redirects, so it could send a credential elsewhere. Create it"
              + " with followRedirects(Redirect.NEVER), the default of the JDK.");
    }
  }

  /**
   * Sends the request and reads the complete response as UTF-8.
   *
   * @throws HttpTimeoutException if the response is not complete within the deadline
   * @throws IOException if the connection breaks or the response is too large
   */
  public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> response =
        client.sendAsync(request, head -> new Limited(largestBody));
    try {
      return response.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new HttpTimeoutException("no complete response within " + deadline.toSeconds() + " s");
    } catch (ExecutionException failed) {
      // A new exception with the stack of this thread.
      throw failed.getCause() instanceof HttpTimeoutException late
          ? again(late)
          : new IOException(String.valueOf(failed.getCause()), failed.getCause());
    } catch (CancellationException cancelled) {
      throw new IOException("cancelled", cancelled);
    } finally {
      response.cancel(true);
    }
  }

  private static HttpTimeoutException again(HttpTimeoutException late) {
    HttpTimeoutException copy = new HttpTimeoutException(String.valueOf(late.getMessage()));
    copy.initCause(late);
    return copy;
  }

  private static final class Limited implements BodySubscriber<String> {
    private final BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);
    private final int limit;
    private long received;
    private volatile boolean tooLarge;
    private Subscription subscription = new NoSubscription();

    private Limited(int limit) {
      this.limit = limit;
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
      text.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
      if (tooLarge) {
        return;
      }
      received += parts.stream().mapToLong(ByteBuffer::remaining).sum();
      if (received > limit) {
        tooLarge = true;
        subscription.cancel();
        text.onError(new IOException("the response is larger than " + limit + " bytes"));
      } else {
        text.onNext(parts);
      }
    }

    @Override
    public void onError(Throwable failure) {
      if (!tooLarge) {
        text.onError(failure);
      }
    }

    @Override
    public void onComplete() {
      if (!tooLarge) {
        text.onComplete();
      }
    }

    @Override
    public CompletionStage<String> getBody() {
      return text.getBody();
    }
  }

  private record NoSubscription() implements Subscription {
    @Override
    public void request(long items) {}

    @Override
    public void cancel() {}
  }
}
