/**
 * What this room does: a small workflow API that stands for a resource server. It trusts a JWT
 * because our JWKS says so, knows nothing else of the two services, and keeps submissions in {@code
 * workflows/} of the data folder. For trying things out; never part of the services.
 */
@NullMarked
package dev.osmo.local.workflow;

import org.jspecify.annotations.NullMarked;
