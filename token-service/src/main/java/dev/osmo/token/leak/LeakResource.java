package dev.osmo.token.leak;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import dev.osmo.http.problem.Refusal;
import dev.osmo.http.request.RequestId;
import dev.osmo.pat.PatText;
import dev.osmo.pat.RefreshTokenText;
import dev.osmo.token.problem.TokenProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse.StatusCode;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * Reports of leaked tokens, without authentication. Tokens are found within the texts. The response
 * counts what has the shape and checksum of a token, and never says which of them were real. A
 * refresh token can only be opened, and its session ended, by the exchange.
 */
@Cancellable(false)
@Path("/api/auth/leaked")
@PermitAll
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class LeakResource {

  private static final int MOST = 1000;
  private static final Refusal NO_TOKENS =
      new Refusal(
          TokenProblem.INVALID_FIELD,
          "The body's field tokens must list 1 to " + MOST + " access tokens.");
  private static final Refusal TOO_MANY =
      new Refusal(
          TokenProblem.TOO_MANY_REQUESTS,
          "Too many reports from this address. Try again in a minute.");

  private final LeakReport report;
  private final LeakLimit limit;

  LeakResource(LeakReport report, LeakLimit limit) {
    this.report = report;
    this.limit = limit;
  }

  record LeakBody(
      @JsonDeserialize(contentUsing = StringDeserializer.class)
          @Nullable List<@Nullable String> tokens) {

    /** Masked, because the generated text would contain the reported tokens. */
    @Override
    public String toString() {
      return "LeakBody[***]";
    }
  }

  /**
   * @param refreshTokensIgnored null if there are none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LeakView(
      @Schema(description = "The access tokens in the report, valid or not.") int received,
      @Schema(
              description =
                  "Only if there are any: refresh tokens in the report, which are not revoked here."
                      + " Send each to /oauth2/revoke.")
          @Nullable Integer refreshTokensIgnored) {}

  @POST
  @Operation(
      summary =
          "Revokes the reported access tokens and all tokens created with them. The response does not say whether a token was real.")
  @ResponseStatus(StatusCode.ACCEPTED)
  @APIResponse(
      responseCode = "202",
      description = "The report was applied.",
      content = @Content(schema = @Schema(implementation = LeakView.class)))
  public Uni<LeakView> report(@Nullable LeakBody body, RoutingContext request) {
    if (!limit.allows(request.request())) {
      return TOO_MANY.toFailure();
    }
    List<String> texts = texts(body);
    List<PatText> tokens = within(texts, PatText::within);
    int ignored = within(texts, RefreshTokenText::within).size();
    return report
        .apply(tokens, RequestId.of(request))
        .replaceWith(() -> new LeakView(tokens.size(), ignored == 0 ? null : ignored));
  }

  private static <T> List<T> within(List<String> texts, Function<String, List<T>> find) {
    return texts.stream().flatMap(text -> find.apply(text).stream()).distinct().toList();
  }

  private static List<String> texts(@Nullable LeakBody body) {
    List<@Nullable String> texts = body == null ? null : body.tokens();
    if (texts == null || texts.isEmpty() || texts.size() > MOST) {
      throw NO_TOKENS.toException();
    }
    return texts.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }
}
