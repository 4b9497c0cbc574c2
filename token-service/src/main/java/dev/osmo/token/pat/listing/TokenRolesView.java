package dev.osmo.token.pat.listing;

import dev.osmo.token.roles.AssignmentView;
import java.util.List;

/** The effective roles of a token and who granted them to its owner, by role name. */
public record TokenRolesView(String userName, String tokenName, List<AssignmentView> roles) {}
