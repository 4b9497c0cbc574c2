package dev.osmo.token.users;

import java.util.List;

/** One page of users, newest first; {@code startIndex} counts from 1. */
record UserPage(long totalResults, int startIndex, int itemsPerPage, List<UserView> users) {}
