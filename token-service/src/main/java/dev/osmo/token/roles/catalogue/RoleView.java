package dev.osmo.token.roles.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A role as clients see it. */
record RoleView(
    String name,
    String description,
    JsonNode policies,
    boolean immutable,
    String syncMode,
    List<String> externalRoles) {}
