/** Searches files for text that they must not contain, and mounts files as Kubernetes does. */
@NullMarked
package dev.osmo.testkit.files;

import org.jspecify.annotations.NullMarked;
