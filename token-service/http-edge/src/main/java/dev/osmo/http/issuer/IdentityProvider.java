package dev.osmo.http.issuer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An identity provider, through which people sign in.
 *
 * @param name the operator's name for it, which users write in {@code --provider NAME}
 * @param issuer the exact {@code iss} claim
 * @param displayName its name for people
 * @param keys the address or the file of its key set; empty for that of its discovery document
 * @param algorithms the signature algorithms that are accepted
 * @param clients how this system is registered with it
 * @param scopes what a sign-in requests, in the order of the file; always with {@code openid}
 * @param claims the claims that are read
 * @param accounts what happens when a person signs in for the first time
 */
public record IdentityProvider(
    String name,
    String issuer,
    String displayName,
    Optional<String> keys,
    Set<String> algorithms,
    Clients clients,
    List<String> scopes,
    Claims claims,
    Accounts accounts)
    implements TokenIssuer {

  private static final List<String> DEFAULT_SCOPES =
      List.of("openid", "profile", "email", "offline_access");

  /** A scope token (RFC 6749, section 3.3). */
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,128}");

  /** RFC 6749, appendix A.1, without spaces. */
  private static final Pattern CLIENT = Pattern.compile("[\\x21-\\x7E]{1,255}");

  /**
   * The client ids at the provider.
   *
   * @param browser for the authorization code with PKCE
   * @param device for the device flow; empty if the provider has none
   * @param secretFile the file of the secret of a confidential client; only the exchange reads it
   * @param separateWeb for the web page; empty if the page uses the client of the browser
   */
  public record Clients(
      String browser,
      Optional<String> device,
      Optional<Path> secretFile,
      Optional<WebClient> separateWeb) {

    /** The client ids, which are the accepted audiences of an ID token. */
    public Set<String> ids() {
      Set<String> ids = new LinkedHashSet<>(List.of(browser));
      device.ifPresent(ids::add);
      ids.add(web());
      return ids;
    }

    /** The client id for the web page. */
    public String web() {
      return separateWeb.map(WebClient::id).orElse(browser);
    }

    /** The file of the secret of this client; empty for a public client. */
    public Optional<Path> secretFile(String clientId) {
      return separateWeb
          .filter(web -> web.id().equals(clientId))
          .map(WebClient::secretFile)
          .orElse(secretFile);
    }
  }

  /**
   * A client for the web page alone. Some providers register a program on a person's machine and a
   * page of a server as different types of clients.
   *
   * @param secretFile the file of its secret; empty for a public client
   */
  public record WebClient(String id, Optional<Path> secretFile) {}

  /**
   * The claims of an ID token that are read.
   *
   * @param user the id of the user
   * @param groups the list of groups
   * @param absentGroupsAreNone whether a token without the list states that the user has no group,
   *     rather than nothing
   */
  public record Claims(String user, String groups, boolean absentGroupsAreNone) {}

  /**
   * What happens when a person signs in for the first time.
   *
   * @param create whether an unknown user is created, rather than refused
   * @param linkExisting whether a user with this id who was created in another way is linked,
   *     rather than refused
   */
  public record Accounts(boolean create, boolean linkExisting) {}

  public IdentityProvider {
    algorithms = Set.copyOf(algorithms);
    scopes = List.copyOf(scopes);
  }

  /**
   * An entry of the file.
   *
   * @throws IllegalArgumentException with a message that completes the sentence "The file …"
   */
  @JsonCreator
  static IdentityProvider of(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("issuer") @Nullable String issuer,
      @JsonProperty("display_name") @Nullable String displayName,
      @JsonProperty("algorithms") @Nullable List<@Nullable String> algorithms,
      @JsonProperty("keys") @Nullable String keys,
      @JsonProperty("browser_client") @Nullable String browserClient,
      @JsonProperty("device_client") @Nullable String deviceClient,
      @JsonProperty("client_secret_file") @Nullable String secretFile,
      @JsonProperty("web_client") @Nullable String webClient,
      @JsonProperty("web_client_secret_file") @Nullable String webSecretFile,
      @JsonProperty("scopes") @Nullable List<@Nullable String> scopes,
      @JsonProperty("user_claim") @Nullable String userClaim,
      @JsonProperty("groups_claim") @Nullable String groupsClaim,
      @JsonProperty("no_claim_means_no_groups") boolean absentGroupsAreNone,
      @JsonProperty("create_users") boolean createUsers,
      @JsonProperty("link_existing_users") boolean linkExistingUsers) {
    EntryCheck check = EntryCheck.named(name);
    return new IdentityProvider(
        check.name(),
        check.issuer(issuer),
        check.text("display_name", Objects.requireNonNullElse(displayName, check.name())),
        check.keys(keys),
        check.algorithms(algorithms),
        new Clients(
            client(check, "browser_client", browserClient),
            Optional.ofNullable(deviceClient).map(id -> client(check, "device_client", id)),
            Optional.ofNullable(secretFile)
                .map(path -> secretFile(check, "client_secret_file", path)),
            webClient(check, webClient, webSecretFile)),
        scopes(check, Objects.requireNonNullElse(scopes, DEFAULT_SCOPES)),
        new Claims(
            check.text("user_claim", Objects.requireNonNullElse(userClaim, "sub")),
            check.text("groups_claim", Objects.requireNonNullElse(groupsClaim, "groups")),
            absentGroupsAreNone),
        new Accounts(createUsers, linkExistingUsers));
  }

  private static String client(EntryCheck check, String field, @Nullable String id) {
    String present = check.text(field, id);
    check.require(CLIENT.matcher(present).matches(), "a " + field + " that is not a client id");
    return present;
  }

  private static Path secretFile(EntryCheck check, String field, String path) {
    check.require(EntryCheck.isFile(path), "a " + field + " that is not an absolute path");
    return Path.of(path);
  }

  private static Optional<WebClient> webClient(
      EntryCheck check, @Nullable String id, @Nullable String secretFile) {
    check.require(
        id != null || secretFile == null, "a web_client_secret_file without a web_client");
    Optional<Path> secret =
        Optional.ofNullable(secretFile)
            .map(path -> secretFile(check, "web_client_secret_file", path));
    return Optional.ofNullable(id)
        .map(given -> new WebClient(client(check, "web_client", given), secret));
  }

  private static List<String> scopes(EntryCheck check, List<@Nullable String> scopes) {
    List<String> present = scopes.stream().map(String::valueOf).distinct().toList();
    check.require(
        present.contains("openid")
            && present.stream().allMatch(scope -> SCOPE.matcher(scope).matches()),
        "scopes without openid, or with one that is not a scope of OAuth");
    return present;
  }
}
