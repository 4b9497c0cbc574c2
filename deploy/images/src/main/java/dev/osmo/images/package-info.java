/**
 * Writes container images as tar files, without a container engine and by default without a base
 * image. Reads what the other modules have built, the JDK that runs this program, and the C library
 * of the machine. The training runs the services on a PostgreSQL in a temporary folder.
 */
@NullMarked
package dev.osmo.images;

import org.jspecify.annotations.NullMarked;
