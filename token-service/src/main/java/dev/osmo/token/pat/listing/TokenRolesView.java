package dev.osmo.token.pat.listing;

import dev.osmo.token.roles.AssignmentView;
import java.util.List;

/** The effective roles of a token and who granted them to its owner, in the order of granting. */
public record TokenRolesView(String userName, String tokenName, List<AssignmentView> roles) {}
