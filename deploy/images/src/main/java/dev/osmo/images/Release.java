package dev.osmo.images;

import java.time.Instant;

/**
 * What all images of a build have in common.
 *
 * @param time the time that an image states, which must not be that of the build
 */
record Release(String version, Instant time) {}
