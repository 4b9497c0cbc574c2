package dev.osmo.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.testkit.contracts.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The Job that accepts a restored database does so at the epoch that both services expect, with a
 * command that exists, and cannot succeed before somebody has named a time.
 */
final class RestoreRule implements Rule {
  private static final String COMMAND = "revoke-before";
  private static final String JOB = "token-service-" + COMMAND;

  /**
   * Attempts. The pause after each is doubled from 10 seconds up to 6 minutes, so this many wait
   * for half an hour.
   */
  private static final int MIGRATION_MAY_TAKE = 9;

  private static final Pattern EPOCH = Pattern.compile("[1-9][0-9]*");
  private static final Pattern TIME = Pattern.compile("none|[0-9].*");

  @Override
  public List<String> faults(Rendering rendering) {
    Faults faults = new Faults();
    rendering.find("Job", JOB).ifPresent(job -> check(rendering, job, faults));
    return faults.all();
  }

  private static void check(Rendering rendering, Manifest job, Faults faults) {
    JsonNode container = job.containers().getFirst();
    JsonNode arguments = container.path("args");
    faults.unless(
        arguments.path(0).asText().equals(COMMAND) && page().contains(COMMAND + " "),
        job,
        "does not run " + COMMAND);
    faults.unless(
        !TIME.matcher(arguments.path(1).asText()).matches(),
        job,
        "would decide before an operator has named the time");
    faults.unless(
        Mounts.of(rendering, job, container).has(arguments.path(2).asText()),
        job,
        "names " + arguments.path(2).asText() + ", which is not mounted");
    faults.unless(
        job.at("/spec/backoffLimit").asInt() >= MIGRATION_MAY_TAKE,
        job,
        "gives up before the migration of an older backup can be complete");
    String epoch = Environment.of(rendering, container).get("TOKEN_SERVICE_DATABASE_EPOCH");
    faults.unless(EPOCH.matcher(epoch).matches(), job, "has no epoch above 0");
    faults.unless(
        epoch.equals(epoch(rendering, "token-service", "TOKEN_SERVICE")),
        job,
        "has another epoch than token-service");
    faults.unless(
        epoch.equals(epoch(rendering, "auth-exchange-service", "AUTH_EXCHANGE")),
        job,
        "has another epoch than auth-exchange-service");
    faults.unless(
        !Environment.of(rendering, container).get("TOKEN_SERVICE_MIGRATE_PASSWORD_FILE").isBlank(),
        job,
        "has no password of the owner");
  }

  private static String epoch(Rendering rendering, String service, String prefix) {
    return Environment.of(rendering, rendering.get("Deployment", service).containers().getFirst())
        .get(prefix + "_DATABASE_EPOCH");
  }

  private static String page() {
    try {
      return Files.readString(Repository.path("src-docs/operator/backup.rst"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
