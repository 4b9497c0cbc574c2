package dev.osmo.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The network policies let through what the system needs, and nothing else. Evaluates them as a
 * cluster does: who is selected by a policy of a direction may connect only where one allows it.
 */
final class NetworkRule implements Rule {
  private static final String NAME = "app.kubernetes.io/name";
  private static final String WEBHOOKS = "TOKEN_SERVICE_EXPIRY_NOTICES_WEBHOOKS_FILE";
  private static final String NAMESPACE = "kubernetes.io/metadata.name";

  /** A pod of ours, or one of another namespace, or an address outside. */
  private record Peer(String namespace, Map<String, String> labels, String address) {
    static Peer own(String name) {
      return new Peer("osmo", Map.of(NAME, name), "");
    }

    static Peer of(String namespace) {
      return new Peer(namespace, Map.of(NAME, "any"), "");
    }

    static Peer at(String address) {
      return new Peer(address, Map.of(), address);
    }

    boolean isOwn() {
      return namespace.equals("osmo");
    }

    @Override
    public String toString() {
      return namespace + "/" + labels.values();
    }
  }

  private record Flow(Peer from, Peer to, int port, boolean allowed) {}

  private static final Peer TOKEN = Peer.own("token-service");
  private static final Peer EXCHANGE = Peer.own("auth-exchange-service");
  private static final Peer OUTSIDE = new Peer("outside", Map.of(), "");
  private static final Peer DNS = new Peer("kube-system", Map.of("k8s-app", "kube-dns"), "");

  private static final List<Peer> PUBLIC = List.of(Peer.at("203.0.113.7"), Peer.at("2001:db8::7"));

  /** Pods, nodes, Services, and the metadata server of a cloud. */
  private static final List<Peer> PRIVATE =
      Stream.of(
              "10.0.0.1",
              "100.64.0.1",
              "169.254.169.254",
              "172.16.0.1",
              "192.168.0.1",
              "fd00::1",
              "fe80::1")
          .map(Peer::at)
          .toList();

  private static final int REQUESTS = 8080;

  private static final List<Flow> FLOWS =
      List.of(
          new Flow(Peer.of("gateway"), TOKEN, REQUESTS, true),
          new Flow(Peer.of("gateway"), EXCHANGE, REQUESTS, true),
          new Flow(Peer.of("monitoring"), TOKEN, 9000, true),
          new Flow(Peer.of("monitoring"), EXCHANGE, 9000, true),
          new Flow(TOKEN, EXCHANGE, REQUESTS, true),
          new Flow(EXCHANGE, TOKEN, REQUESTS, true),
          new Flow(TOKEN, OUTSIDE, 5432, true),
          new Flow(EXCHANGE, OUTSIDE, 5432, true),
          new Flow(TOKEN, Peer.own("pgbouncer"), 5432, true),
          new Flow(EXCHANGE, Peer.own("pgbouncer"), 5432, true),
          new Flow(Peer.own("pgbouncer"), OUTSIDE, 5432, true),
          new Flow(Peer.own("database-bootstrap"), OUTSIDE, 5432, true),
          new Flow(Peer.own("token-service-migrate"), OUTSIDE, 5432, true),
          new Flow(TOKEN, DNS, 53, true),
          new Flow(Peer.own("database-bootstrap"), DNS, 53, true),
          new Flow(Peer.of("gateway"), TOKEN, 9000, false),
          new Flow(Peer.of("gateway"), EXCHANGE, 9000, false),
          new Flow(Peer.of("gateway"), Peer.own("pgbouncer"), 5432, false),
          new Flow(Peer.of("default"), TOKEN, REQUESTS, false),
          new Flow(Peer.of("default"), EXCHANGE, REQUESTS, false),
          new Flow(Peer.of("monitoring"), EXCHANGE, REQUESTS, false),
          new Flow(EXCHANGE, TOKEN, 9000, false),
          new Flow(TOKEN, EXCHANGE, 9000, false),
          new Flow(Peer.of("default"), Peer.own("other"), REQUESTS, false),
          new Flow(Peer.own("other"), EXCHANGE, REQUESTS, false),
          new Flow(Peer.own("other"), OUTSIDE, 5432, false));

  /**
   * Both services connect to issuers if the overlay has a policy for that. token-service alone
   * connects to the receivers of notices, if there are any.
   */
  private static Stream<Flow> toOthers(Rendering rendering) {
    boolean issuers = rendering.find("NetworkPolicy", "issuers").isPresent();
    boolean notices = issuers || sendsNotices(rendering);
    return Stream.of(
            PUBLIC.stream().map(to -> new Flow(TOKEN, to, 443, notices)),
            PRIVATE.stream().map(to -> new Flow(TOKEN, to, 443, issuers)),
            Stream.concat(PUBLIC.stream(), PRIVATE.stream())
                .map(to -> new Flow(EXCHANGE, to, 443, issuers)),
            PUBLIC.stream().map(to -> new Flow(TOKEN, to, 80, false)))
        .flatMap(flows -> flows);
  }

  private static boolean sendsNotices(Rendering rendering) {
    return rendering
        .find("Deployment", "token-service")
        .map(service -> Environment.of(rendering, service.at("/spec/template/spec/containers/0")))
        .filter(environment -> !environment.get(WEBHOOKS).isEmpty())
        .isPresent();
  }

  /** The port for requests is another one with TLS. */
  private static List<Flow> flows(Rendering rendering) {
    int requests = Transport.of(rendering).port();
    return Stream.concat(FLOWS.stream(), toOthers(rendering))
        .map(
            flow ->
                flow.port() == REQUESTS
                    ? new Flow(flow.from(), flow.to(), requests, flow.allowed())
                    : flow)
        .toList();
  }

  @Override
  public List<String> faults(Rendering rendering) {
    Faults faults = new Faults();
    List<Manifest> policies = rendering.of("NetworkPolicy").toList();
    if (!policies.isEmpty()) {
      for (Flow flow : flows(rendering)) {
        faults.unless(
            passes(policies, flow) == flow.allowed(),
            flow.from() + " to " + flow.to() + ":" + flow.port(),
            flow.allowed() ? "is blocked" : "is allowed");
      }
    }
    return faults.all();
  }

  private static boolean passes(List<Manifest> policies, Flow flow) {
    return passes(policies, flow, flow.from(), flow.to(), "Egress")
        && passes(policies, flow, flow.to(), flow.from(), "Ingress");
  }

  /** Whether the policies of one end let it pass. Those of other namespaces are not ours. */
  private static boolean passes(
      List<Manifest> policies, Flow flow, Peer self, Peer other, String direction) {
    List<Manifest> selecting =
        policies.stream()
            .filter(unused -> self.isOwn())
            .filter(policy -> matches(policy.at("/spec/podSelector"), self.labels()))
            .filter(
                policy ->
                    Manifest.each(policy.at("/spec/policyTypes"))
                        .anyMatch(type -> type.asText().equals(direction)))
            .toList();
    boolean egress = direction.equals("Egress");
    return selecting.isEmpty()
        || selecting.stream()
            .flatMap(policy -> Manifest.each(policy.at(egress ? "/spec/egress" : "/spec/ingress")))
            .anyMatch(rule -> allows(rule, other, flow.port(), egress ? "to" : "from"));
  }

  private static boolean allows(JsonNode rule, Peer other, int port, String peers) {
    return (!rule.has("ports")
            || Manifest.each(rule.path("ports")).anyMatch(one -> one.path("port").asInt() == port))
        && (!rule.has(peers)
            || Manifest.each(rule.path(peers)).anyMatch(peer -> isPeer(peer, other)));
  }

  private static boolean isPeer(JsonNode peer, Peer other) {
    if (peer.has("ipBlock")) {
      return isInBlock(peer.path("ipBlock"), other.address());
    }
    boolean namespace =
        peer.has("namespaceSelector")
            ? matches(peer.path("namespaceSelector"), Map.of(NAMESPACE, other.namespace()))
            : other.isOwn();
    return namespace
        && (!peer.has("podSelector") || matches(peer.path("podSelector"), other.labels()));
  }

  private static boolean isInBlock(JsonNode block, String address) {
    return !address.isEmpty()
        && isInRange(block.path("cidr").asText(), address)
        && Manifest.each(block.path("except")).noneMatch(one -> isInRange(one.asText(), address));
  }

  private static boolean isInRange(String cidr, String address) {
    try {
      int slash = cidr.indexOf('/');
      byte[] network = InetAddress.getByName(cidr.substring(0, slash)).getAddress();
      byte[] host = InetAddress.getByName(address).getAddress();
      int rest = network.length * Byte.SIZE - Integer.parseInt(cidr.substring(slash + 1));
      return network.length == host.length
          && new BigInteger(1, network)
              .shiftRight(rest)
              .equals(new BigInteger(1, host).shiftRight(rest));
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean matches(JsonNode selector, Map<String, String> labels) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    labels.forEach(all::put);
    JsonNode wanted =
        Optional.of(selector.path("matchLabels")).filter(JsonNode::isObject).orElse(empty());
    return ReferenceRule.includes(all, wanted)
        && Manifest.each(selector.path("matchExpressions"))
            .allMatch(
                expression ->
                    Stream.of(labels.get(expression.path("key").asText()))
                        .anyMatch(
                            value ->
                                Manifest.each(expression.path("values"))
                                    .anyMatch(one -> one.asText().equals(value))));
  }

  private static JsonNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }
}
