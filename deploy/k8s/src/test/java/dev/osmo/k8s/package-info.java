/**
 * Renders the manifests of this folder and checks them against the applications: settings, ports,
 * paths, metrics and routes.
 */
@NullMarked
package dev.osmo.k8s;

import org.jspecify.annotations.NullMarked;
