package dev.osmo.k8s;

import java.util.List;
import java.util.Map;

/** No secret is in the files of this folder, except those that the overlay for tests reads. */
final class SecretRule implements Rule {
  @Override
  public List<String> faults(Rendering rendering) {
    Faults faults = new Faults();
    if (!rendering.folder().equals("overlays/dev")) {
      rendering.of("Secret").forEach(secret -> faults.unless(false, secret, "is in a file"));
    }
    for (Manifest map : rendering.of("ConfigMap").toList()) {
      for (Map.Entry<String, ?> entry : map.at("/data").properties()) {
        faults.unless(
            !entry.toString().matches("(?s).*(osmo_[0-9A-Za-z]{34}|password=).*"),
            map,
            entry.getKey() + " has a secret");
      }
    }
    return faults.all();
  }
}
