package dev.osmo.token.pat.listing;

import dev.osmo.token.roles.AssignmentView;
import java.util.List;

/**
 * What a token can still do, and who gave that to its owner; in the order in which it was granted.
 */
public record TokenRolesView(String userName, String tokenName, List<AssignmentView> roles) {}
