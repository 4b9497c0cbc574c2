package dev.osmo.k8s;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every object has the fields of its kind, by two models of the API: that of fabric8 knows further
 * kinds, and that of Kubernetes' own client knows which fields are required.
 */
final class ModelRule implements Rule {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  /** Kinds without a model. */
  private static final Set<String> UNKNOWN = Set.of("WorkflowTemplate");

  private static final Map<String, Validator> VALIDATORS =
      Map.ofEntries(
          Map.entry("ConfigMap", V1ConfigMap::validateJsonElement),
          Map.entry("CronJob", V1CronJob::validateJsonElement),
          Map.entry("Deployment", V1Deployment::validateJsonElement),
          Map.entry("HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement),
          Map.entry("Ingress", V1Ingress::validateJsonElement),
          Map.entry("Job", V1Job::validateJsonElement),
          Map.entry("NetworkPolicy", V1NetworkPolicy::validateJsonElement),
          Map.entry("PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement),
          Map.entry("Secret", V1Secret::validateJsonElement),
          Map.entry("Service", V1Service::validateJsonElement),
          Map.entry("ServiceAccount", V1ServiceAccount::validateJsonElement),
          Map.entry("StatefulSet", V1StatefulSet::validateJsonElement));

  @FunctionalInterface
  private interface Validator {
    void validate(JsonElement json) throws IOException;
  }

  @Override
  public List<String> faults(Rendering rendering) {
    Faults faults = new Faults();
    for (Manifest manifest : rendering.manifests()) {
      if (!UNKNOWN.contains(manifest.kind())) {
        check(manifest, faults);
      }
    }
    return faults.all();
  }

  private static void check(Manifest manifest, Faults faults) {
    try {
      Object model = SERIALIZATION.unmarshal(manifest.root().toString());
      faults.unless(
          model instanceof HasMetadata && !model.getClass().getSimpleName().startsWith("Generic"),
          manifest,
          "is of an unknown kind");
      UnknownFields.of(model)
          .forEach(field -> faults.unless(false, manifest, "has the unknown field " + field));
      Validator validator = VALIDATORS.get(manifest.kind());
      if (validator != null) {
        validator.validate(JsonParser.parseString(manifest.root().toString()));
      }
    } catch (IllegalArgumentException | IOException | KubernetesClientException invalid) {
      Throwable cause = invalid.getCause() == null ? invalid : invalid.getCause();
      faults.unless(false, manifest, String.valueOf(cause.getMessage()));
    }
  }
}
