package dev.osmo.local.production;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How the page sets up the cluster: for a trusted network, or with TLS between all its parts.
 *
 * @param certificates the commands that make the certificates of the parts; empty without TLS
 * @param configuration the file of {@code db1}
 * @param etcd the command that starts the first host of etcd
 * @param etcds the number of etcd hosts
 * @param haproxy the file of HAProxy
 * @param client the options of curl for etcd and Patroni
 * @param scheme of their addresses
 */
record PatroniRecipe(
    String certificates,
    String configuration,
    String etcd,
    int etcds,
    String haproxy,
    String client,
    String scheme) {

  private static final List<String> BLOCKS = OperatorPage.of("standbys.rst").blocks("With Patroni");
  private static final Pattern SECTION = Pattern.compile("(?m)^(\\w+):\\n(?: .*\\n)+");

  /** The commands and files that both have in common, in the order of the page. */
  static List<String> blocks() {
    return BLOCKS;
  }

  static PatroniRecipe forTrustedNetwork() {
    return new PatroniRecipe(
        "",
        BLOCKS.get(1),
        """
        name=etcd1
        exec etcd --name $name --data-dir /var/lib/etcd/osmo \
          --listen-client-urls http://10.0.0.21:2379 --advertise-client-urls http://$name.example.com:2379 \
          --listen-peer-urls http://10.0.0.21:2380 --initial-advertise-peer-urls http://$name.example.com:2380 \
          --initial-cluster $name=http://$name.example.com:2380
        """,
        1,
        BLOCKS.get(5),
        "",
        "http");
  }

  static PatroniRecipe withTls() {
    List<String> tls = OperatorPage.of("standbys.rst").blocks("With Patroni in production");
    String first = "shutdown-sessions\n";
    return new PatroniRecipe(
        tls.get(0),
        replaceSections(BLOCKS.get(1), tls.get(2)),
        tls.get(1),
        3,
        BLOCKS.get(5).replace(first, first + "  " + tls.get(3)),
        "--cacert cluster/ca.crt --cert cluster/haproxy.crt --key cluster/haproxy.key",
        "https");
  }

  /** Sections with the same name are replaced, and others are added. */
  private static String replaceSections(String file, String changed) {
    Map<String, String> sections = new LinkedHashMap<>();
    String first = file.substring(0, file.indexOf("etcd3:"));
    for (String text : List.of(file.substring(first.length()), changed)) {
      for (MatchResult section : SECTION.matcher(text).results().toList()) {
        sections.put(section.group(1), section.group());
      }
    }
    return first + String.join("", sections.values());
  }
}
