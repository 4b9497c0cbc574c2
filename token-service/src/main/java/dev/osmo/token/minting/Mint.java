package dev.osmo.token.minting;

import dev.osmo.http.start.SecretFile;
import dev.osmo.pat.Lookup;
import dev.osmo.pat.PatId;
import dev.osmo.pat.PatText;
import dev.osmo.pat.Peppers;
import dev.osmo.token.settings.TokenServiceSettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Makes tokens. */
@ApplicationScoped
public class Mint {

  private final SecureRandom random = new SecureRandom();
  private final Peppers peppers;
  private final SecretHasher hasher;

  Mint(TokenServiceSettings settings, SecretHasher hasher) {
    this.peppers = SecretFile.ofPeppers(settings.pepperFile()).peppers();
    this.hasher = hasher;
  }

  /** Reads the peppers and loads what the first hash would otherwise wait for. */
  public Uni<Void> warmUp() {
    return mint().replaceWithVoid();
  }

  /**
   * A new token. Takes a while, on a thread of its own: call it before a transaction, never inside.
   */
  public Uni<MintedPat> mint() {
    return mint(PatText.random(random));
  }

  /** The same for a text that was chosen outside. */
  public Uni<MintedPat> mint(PatText text) {
    return hasher
        .hash(text)
        .map(
            phc ->
                new MintedPat(PatId.random(random), text, peppers.minting().lookupOf(text), phc));
  }

  /** Everything this text may be stored under; which pepper it was is not known. */
  public List<Lookup> lookupsOf(PatText text) {
    return peppers.lookupsOf(text);
  }

  /** The ids of peppers that stored secrets name and this service does not have. */
  public Set<String> missingPeppers(Collection<String> inUse) {
    return peppers.missing(inUse);
  }
}
