/**
 * Verifies the OpenID Connect tokens of workloads with the published keys of their issuers. The
 * only package that connects to other systems: it reads the issuers' discovery documents and key
 * sets. It uses no table and no key of this service.
 */
@NullMarked
package dev.osmo.exchange.workload;

import org.jspecify.annotations.NullMarked;
