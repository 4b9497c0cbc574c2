package dev.osmo.http.issuer;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the issuer writes the {@code sub} claim, so that users need not know it. */
public enum SubjectFormat {
  @JsonProperty("github")
  GITHUB,
  @JsonProperty("gitlab")
  GITLAB,
  @JsonProperty("kubernetes")
  KUBERNETES
}
