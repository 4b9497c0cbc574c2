/** Suspend, resume, revoke and delete access tokens. Each use case is one transaction. */
@NullMarked
package dev.osmo.token.pat.lifecycle;

import org.jspecify.annotations.NullMarked;
