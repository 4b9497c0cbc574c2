package dev.osmo.local.workflow;

import dev.osmo.local.problem.ProblemType;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/** Lets a request go on when a JWT with at least one role speaks for it. */
record Admission(Vertx vertx, JwtCheck check) implements Handler<RoutingContext> {
  private static final String CALLER = "caller";

  @Override
  public void handle(RoutingContext context) {
    String authorization = context.request().getHeader("Authorization");
    vertx
        .executeBlocking(() -> check.judge(authorization), false)
        .onSuccess(verdict -> admit(context, verdict))
        .onFailure(context::fail);
  }

  /** Who was admitted. */
  static Caller callerOf(RoutingContext context) {
    return context.get(CALLER);
  }

  private static void admit(RoutingContext context, Verdict verdict) {
    switch (verdict) {
      case Verdict.Known(Caller caller) when caller.roles().isEmpty() ->
          ProblemType.NO_ROLES.answer(context, "The JWT carries no role.");
      case Verdict.Known(Caller caller) -> context.put(CALLER, caller).next();
      case Verdict.Unknown() ->
          ProblemType.UNAUTHENTICATED.answer(
              context, "A valid JWT is needed; exchange a personal access token for one.");
      case Verdict.NoKeys() ->
          ProblemType.SERVICE_UNAVAILABLE.answer(
              context, "The signing keys cannot be read; try again in a moment.");
    }
  }
}
