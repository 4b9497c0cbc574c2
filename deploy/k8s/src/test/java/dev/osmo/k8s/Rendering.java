package dev.osmo.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects that {@code kustomize build} prints for a folder. */
record Rendering(String folder, List<Manifest> manifests) {
  private static final YAMLMapper YAML = new YAMLMapper();

  static Rendering parse(String folder, String yaml) {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      return new Rendering(
          folder,
          documents.readAll().stream()
              .filter(Objects::nonNull)
              .map(document -> new Manifest((ObjectNode) document))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy that can be changed. */
  Rendering copy() {
    List<Manifest> copies = new ArrayList<>();
    manifests.forEach(one -> copies.add(new Manifest(one.root().deepCopy())));
    return new Rendering(folder, copies);
  }

  Stream<Manifest> of(String kind) {
    return manifests.stream().filter(one -> one.kind().equals(kind));
  }

  Optional<Manifest> find(String kind, String name) {
    return of(kind).filter(one -> one.name().equals(name)).findFirst();
  }

  Manifest get(String kind, String name) {
    return find(kind, name)
        .orElseThrow(() -> new AssertionError(folder + " has no " + kind + " " + name));
  }

  /** Kustomize adds a hash to the names of generated objects. */
  Optional<Manifest> generated(String kind, String name) {
    return of(kind).filter(one -> withoutHash(one.name()).equals(name)).findFirst();
  }

  static String withoutHash(String name) {
    return name.replaceFirst("-[a-z0-9]{10}$", "");
  }
}
