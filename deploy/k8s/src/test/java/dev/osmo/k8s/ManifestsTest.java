package dev.osmo.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {
  @BeforeEach
  void kustomizeIsInstalled() {
    assumeTrue(Kustomize.program().isPresent(), Kustomize.SKIPPED);
  }

  static Stream<String> folders() {
    return Stream.of(
            List.of("base"), Kustomize.foldersBelow("overlays"), Kustomize.foldersBelow("examples"))
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void every_rule_holds_for_what_is_rendered(String folder) {
    Rendering rendering = Kustomize.render(folder);

    assertThat(rendering.manifests()).isNotEmpty();
    assertThat(Rules.faults(rendering)).isEmpty();
  }

  static Stream<String> components() {
    return Kustomize.foldersBelow("components").stream()
        .map(folder -> folder.replace("components/", ""));
  }

  @ParameterizedTest
  @MethodSource("components")
  void every_rule_holds_for_the_base_with_one_component(String component) {
    assertThat(Rules.faults(Kustomize.baseWith(component))).isEmpty();
  }

  /** As an overlay has it: after what it changes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ingress+networkpolicy+monitoring",
        "gateway-api+networkpolicy+backend-tls",
        "gateway-api+issuers+hpa+tls"
      })
  void every_rule_holds_for_tls_of_the_services_with_other_components(String others) {
    assertThat(Rules.faults(Kustomize.baseWith("service-tls+" + others))).isEmpty();
  }

  /** The services demand TLS of what is between them and the database. */
  @ParameterizedTest
  @ValueSource(strings = {"pgbouncer+tls", "tls+pgbouncer+networkpolicy+service-tls+hpa"})
  void every_rule_holds_for_tls_of_pgbouncer_with_other_components(String others) {
    Rendering rendering = Kustomize.baseWith("pgbouncer-tls+" + others);

    assertThat(rendering.find("Deployment", "pgbouncer")).isPresent();
    assertThat(Rules.faults(rendering)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"networkpolicy", "networkpolicy+service-tls+issuers"})
  void every_rule_holds_for_notices_with_policies(String others) {
    assertThat(Rules.faults(Kustomize.baseWith("expiry-notices+" + others))).isEmpty();
  }

  /** As the page has it. */
  @Test
  void a_component_of_the_operator_allows_the_addresses_of_its_receivers_alone() {
    Kustomize.writeComponent(
        "receivers",
        "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"
            + Pages.block(Pages.KUBERNETES, "Receivers of notices"));

    Manifest policy =
        Kustomize.baseWith("receivers+networkpolicy+expiry-notices")
            .get("NetworkPolicy", "notices");

    assertThat(policy.at("/spec/egress")).hasSize(1);
    assertThat(policy.at("/spec/egress/0/to/0/ipBlock/cidr").asText()).isEqualTo("203.0.113.7/32");
    assertThat(policy.at("/spec/egress/0/ports/0/port").asInt()).isEqualTo(8443);
  }

  /** As the page says. A generator of an overlay is applied before its components. */
  @Test
  void a_component_of_the_operator_changes_what_another_component_creates_or_sets() {
    Kustomize.writeComponent(
        "of-the-operator",
        """
        apiVersion: kustomize.config.k8s.io/v1alpha1
        kind: Component
        configMapGenerator:
          - name: osmo-webhooks
            behavior: merge
            literals: [webhooks.json=mine]
          - name: pgbouncer
            behavior: merge
            literals: [pgbouncer.ini=mine]
          - name: osmo-issuers
            behavior: merge
            literals: [trusted-issuers.json=mine]
          - name: token-service-settings
            behavior: merge
            literals: [TOKEN_SERVICE_DATABASE_EPOCH=2]
        """);

    Rendering rendering =
        Kustomize.baseWith("of-the-operator+expiry-notices+pgbouncer+issuers+restore");

    assertThat(value(rendering, "osmo-webhooks", "webhooks.json")).isEqualTo("mine");
    assertThat(value(rendering, "pgbouncer", "pgbouncer.ini")).isEqualTo("mine");
    assertThat(value(rendering, "pgbouncer", "tls.ini")).isNotBlank();
    assertThat(value(rendering, "osmo-issuers", "trusted-issuers.json")).isEqualTo("mine");
    assertThat(value(rendering, "token-service-settings", "TOKEN_SERVICE_DATABASE_EPOCH"))
        .isEqualTo("2");
  }

  private static String value(Rendering rendering, String map, String key) {
    return rendering.generated("ConfigMap", map).orElseThrow().at("/data").path(key).asText();
  }

  @Test
  void tls_of_the_services_keeps_the_annotations_of_the_ingress() {
    Kustomize.writeComponent(
        "annotated-ingress",
        """
        apiVersion: kustomize.config.k8s.io/v1alpha1
        kind: Component
        patches:
          - target:
              kind: Ingress
              name: osmo
            patch: |-
              - op: add
                path: /metadata/annotations
                value:
                  cert-manager.io/cluster-issuer: public
        """);

    Manifest ingress =
        Kustomize.baseWith("service-tls+ingress+annotated-ingress").get("Ingress", "osmo");

    assertThat(ingress.at("/metadata/annotations").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "cert-manager.io/cluster-issuer", "nginx.ingress.kubernetes.io/backend-protocol");
  }

  /** What a gateway sends to the services has access tokens and JWTs. */
  @Test
  @Tag("I9")
  void production_has_tls_between_the_gateway_and_the_services_which_the_gateway_verifies() {
    Rendering production = Kustomize.render("overlays/prod");

    assertThat(Transport.of(production).tls()).isTrue();
    assertThat(production.of("BackendTLSPolicy"))
        .extracting(Manifest::name)
        .containsExactlyInAnyOrder("token-service", "auth-exchange-service");
    assertThat(production.manifests())
        .noneSatisfy(one -> assertThat(one.root().toString()).contains("8080"));
  }

  @Test
  void the_namespace_enforces_the_level_restricted() {
    assertThat(
            Kustomize.render("overlays/prod")
                .get("Namespace", "osmo")
                .at("/metadata/labels")
                .path("pod-security.kubernetes.io/enforce")
                .asText())
        .isEqualTo("restricted");
  }

  @Test
  void the_overlays_have_one_address_each_by_an_ingress_and_by_the_gateway_api() {
    assertThat(Kustomize.render("overlays/dev").of("Ingress")).hasSize(1);
    assertThat(Kustomize.render("overlays/prod").of("HTTPRoute")).hasSize(1);
  }

  @Test
  void nothing_may_connect_unless_a_policy_of_production_allows_it() {
    Manifest policy = Kustomize.render("overlays/prod").get("NetworkPolicy", "default-deny");

    assertThat(policy.at("/spec/podSelector")).isEmpty();
    assertThat(policy.at("/spec/policyTypes")).hasSize(2);
    assertThat(policy.at("/spec").has("ingress")).isFalse();
    assertThat(policy.at("/spec").has("egress")).isFalse();
  }
}
