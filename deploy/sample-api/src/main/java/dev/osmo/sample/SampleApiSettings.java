package dev.osmo.sample;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** The settings that differ between installations. */
@ConfigMapping(prefix = "sample-api")
interface SampleApiSettings {
  /** The public address of osmo, without a slash at the end; also the issuer of its JWTs. */
  String url();

  /** The folder that contains the submitted workflows. */
  Path folder();
}
