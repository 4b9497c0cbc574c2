package dev.osmo.local.workflow;

import dev.osmo.local.problem.ProblemType;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/workflow} and {@code POST /api/pool/{pool}/workflow} as existing OSMO clients
 * know them.
 */
public final class WorkflowApi {
  /** The one pool of this sample; token-service names the same as everybody's default. */
  public static final String POOL = "default";

  private static final int MAX_BODY_BYTES = 1 << 20;

  private final Vertx vertx;
  private final Admission admission;
  private final SubmissionLog log;
  private final String publicUrl;

  /**
   * @param folder where submissions are kept
   * @param keys where the JWKS is
   * @param publicUrl the address clients use, which is also the JWTs' issuer
   */
  public WorkflowApi(Vertx vertx, Path folder, URI keys, String publicUrl) {
    this.vertx = vertx;
    this.log = new SubmissionLog(folder);
    this.publicUrl = publicUrl;
    try {
      this.admission = new Admission(vertx, new JwtCheck(keys.toURL(), publicUrl, "osmo"));
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("not an address: " + keys, e);
    }
  }

  public void addTo(Router router) {
    router
        .get("/api/workflow")
        .handler(admission)
        .handler(this::list)
        .failureHandler(WorkflowApi::failed);
    router
        .post("/api/pool/:pool/workflow")
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
        .handler(admission)
        .handler(this::submit)
        .failureHandler(WorkflowApi::failed);
  }

  private void list(RoutingContext context) {
    try {
      ListQuery query = ListQuery.read(context.queryParams(), Admission.callerOf(context).user());
      List<Submission> page =
          query.select(log.all()).skip(query.offset()).limit(query.limit() + 1L).toList();
      JsonArray entries = new JsonArray();
      page.stream()
          .limit(query.limit())
          .map(submission -> submission.toEntry(publicUrl))
          .forEach(entries::add);
      context.json(
          new JsonObject()
              .put("workflows", entries)
              .put("more_entries", page.size() > query.limit()));
    } catch (IllegalArgumentException e) {
      ProblemType.BAD_REQUEST.answer(context, String.valueOf(e.getMessage()));
    }
  }

  private void submit(RoutingContext context) {
    String contentType = context.request().getHeader("Content-Type");
    String pool = context.pathParam("pool");
    if (contentType == null
        || !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      ProblemType.NOT_JSON.answer(context, "The body must be application/json.");
    } else if (!POOL.equals(pool)) {
      ProblemType.NO_SUCH_POOL.answer(context, "Pool " + pool + " not found.");
    } else {
      readFile(context);
    }
  }

  private void readFile(RoutingContext context) {
    try {
      JsonObject body = context.body().asJsonObject();
      String file = body == null ? null : body.getString("file");
      switch (WorkflowSpec.read(file)) {
        case WorkflowSpec.Invalid(String why) -> ProblemType.INVALID_WORKFLOW.answer(context, why);
        case WorkflowSpec.Named(String name) -> accept(context, name, String.valueOf(file));
      }
    } catch (DecodeException | ClassCastException e) {
      ProblemType.BAD_REQUEST.answer(context, "The body must be a JSON object with a text 'file'.");
    }
  }

  private void accept(RoutingContext context, String name, String file) {
    if ("true".equalsIgnoreCase(context.queryParams().get("dry_run"))) {
      context.json(answer(name, null, null, file));
      return;
    }
    String user = Admission.callerOf(context).user();
    String priority =
        context.queryParams().contains("priority")
            ? context.queryParams().get("priority")
            : "NORMAL";
    vertx
        .executeBlocking(() -> keep(name, user, priority, file))
        .map(kept -> answer(kept.id(), kept.overview(publicUrl), kept.logs(publicUrl), null))
        .onSuccess(context::json)
        .onFailure(context::fail);
  }

  private Submission keep(String name, String user, String priority, String file)
      throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String uuid = UUID.randomUUID().toString();
    return log.add(name, id -> new Submission(id, uuid, user, POOL, priority, now, file));
  }

  /** Clients expect exactly one of {@code logs} and {@code spec}. */
  private static JsonObject answer(
      String name, @Nullable String overview, @Nullable String logs, @Nullable String spec) {
    return new JsonObject()
        .put("name", name)
        .put("overview", overview)
        .put("logs", logs)
        .put("spec", spec)
        .putNull("dashboard_url")
        .put("warnings", new JsonArray());
  }

  private static void failed(RoutingContext context) {
    if (context.statusCode() == 413) {
      ProblemType.TOO_LARGE.answer(context, "A workflow may have 1 MiB at most.");
    } else {
      ProblemType.INTERNAL.answer(
          context, "The sample workflow API failed; see the launcher's log.");
    }
  }
}
