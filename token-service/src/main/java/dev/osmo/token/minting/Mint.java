package dev.osmo.token.minting;

import dev.osmo.http.start.SecretFile;
import dev.osmo.http.start.StartRefused;
import dev.osmo.pat.Lookup;
import dev.osmo.pat.PatId;
import dev.osmo.pat.PatText;
import dev.osmo.pat.Pepper;
import dev.osmo.pat.Peppers;
import dev.osmo.token.settings.TokenServiceSettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Mints access tokens: random text, lookup and hash. */
@ApplicationScoped
public class Mint {

  private final SecureRandom random = new SecureRandom();
  private final SecretFile file;
  private final Peppers peppers;
  private final SecretHasher hasher;

  Mint(TokenServiceSettings settings, SecretHasher hasher) {
    this.file = SecretFile.ofPeppers(settings.pepperFile());
    this.peppers = file.peppers();
    this.hasher = hasher;
  }

  /**
   * Mints once and discards the result, so that the first request does not wait for class loading.
   */
  public Uni<Void> warmUp() {
    return mint().replaceWithVoid();
  }

  /**
   * Mints a token. Hashing takes long and runs on a separate thread: call this before a
   * transaction, never inside.
   */
  public Uni<MintedPat> mint() {
    return mint(PatText.random(random));
  }

  /** Mints a token with a given text. */
  public Uni<MintedPat> mint(PatText text) {
    return hasher
        .hash(text)
        .map(
            phc ->
                new MintedPat(PatId.random(random), text, peppers.minting().lookupOf(text), phc));
  }

  /** An id for a token that has no text. */
  public PatId newId() {
    return PatId.random(random);
  }

  /** Every lookup under which this text may be stored, one per pepper. */
  public List<Lookup> lookupsOf(PatText text) {
    return peppers.lookupsOf(text);
  }

  /** The pepper ids that stored secrets name and the pepper file lacks. */
  public Set<String> missingPeppers(Collection<String> inUse) {
    return peppers.missing(inUse);
  }

  /**
   * The peppers that the database does not know yet.
   *
   * @throws StartRefused if the pepper file has another one than the database under the same id
   */
  public List<Pepper> unrecordedPeppers(Map<String, String> checkValues) {
    file.otherPeppers(peppers, checkValues)
        .ifPresent(
            refusal -> {
              throw refusal;
            });
    return peppers.unrecorded(checkValues.keySet());
  }
}
