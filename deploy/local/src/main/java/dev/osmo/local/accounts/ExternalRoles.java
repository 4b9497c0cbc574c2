package dev.osmo.local.accounts;

import dev.osmo.local.CannotStart;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.folder.PrivateFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * Maps the groups of the identity provider to roles. Changes only a role that has the default
 * mapping, its own name, so that a change of an administrator remains.
 */
public record ExternalRoles(DataFolder folder, String publicUrl) {

  /** Maps these groups, by role. Without a valid administrator's token, nothing changes. */
  public void map(Map<String, String> groupOfRole) {
    Optional<OsmoApi> admin =
        PrivateFile.read(folder.adminToken()).flatMap(pat -> OsmoApi.login(publicUrl, pat));
    admin.ifPresent(api -> groupOfRole.forEach((role, group) -> map(api, role, group)));
  }

  private static void map(OsmoApi admin, String role, String group) {
    String path = "/api/configs/role/" + role;
    ApiResponse found = admin.get(path);
    if (!found.ok()
        || !found.object().getJsonArray("external_roles").equals(new JsonArray().add(role))) {
      return;
    }
    ApiResponse changed =
        admin.put(
            path,
            new JsonObject()
                .put("name", role)
                .put("external_roles", new JsonArray().add(role).add(group)));
    if (!changed.ok()) {
      throw new CannotStart("Cannot map the group " + group + ": " + changed.error());
    }
  }
}
