/**
 * One Secret of the Kubernetes cluster that osmo runs in, through the API and with the pod's
 * service account. Reads the files of the service account; prints nothing.
 */
@NullMarked
package dev.osmo.cli.kubernetes;

import org.jspecify.annotations.NullMarked;
