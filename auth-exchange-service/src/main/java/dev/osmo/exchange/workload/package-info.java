/**
 * The OpenID Connect tokens of workloads. They are verified with the published keys of their
 * issuers, in {@code dev.osmo.http.issuer}. It uses no table and no key of this service.
 */
@NullMarked
package dev.osmo.exchange.workload;

import org.jspecify.annotations.NullMarked;
