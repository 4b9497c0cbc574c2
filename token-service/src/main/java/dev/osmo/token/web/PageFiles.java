package dev.osmo.token.web;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of the page. A fixed list: no part of a request becomes a name of a resource.
 *
 * <p>The version is a digest of all files and a part of their addresses. So browsers keep them for
 * good, and the modules of one version import only each other. The script that starts them has an
 * address without a version: during an update, it is there whichever server responds.
 */
@Singleton
class PageFiles {

  private static final String DOCUMENT = "index.html";
  private static final String PROBLEMS = "problems.html";
  private static final String STARTER = "start.js";
  static final List<String> NAMES =
      List.of(
          "api.js",
          "audit.js",
          "create.js",
          "dialog.js",
          "dom.js",
          "icon.svg",
          "main.js",
          "problem.js",
          "roles.js",
          "session.js",
          "sessions.js",
          "signin.js",
          "style.css",
          "time.js",
          "token.js",
          "tokens.js",
          "users.js");

  /** What the page of problems needs. */
  static final Set<String> OF_PROBLEMS = Set.of("icon.svg", "style.css");

  private static final String LINK_TO_PAGE =
      "<header><a href=\"/\" class=\"mark\">osmo</a></header>";
  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, String> files;
  private final String version;
  private final PageFile document;
  private final PageFile problems;
  private final PageFile starter;

  PageFiles() {
    Map<String, String> read = new TreeMap<>();
    NAMES.forEach(name -> read.put(name, text(name)));
    String template = text(DOCUMENT);
    String problemsTemplate = text(PROBLEMS);
    this.files = Collections.unmodifiableMap(read);
    this.starter = new PageFile(text(STARTER), type(STARTER));
    this.version = digest(template + problemsTemplate + starter.content(), read);
    this.document = versioned(template);
    this.problems = versioned(problemsTemplate);
  }

  /**
   * @param type with the character encoding
   */
  record PageFile(String content, String type) {}

  /** Changes if any file changes. */
  String version() {
    return version;
  }

  PageFile document() {
    return document;
  }

  private PageFile versioned(String template) {
    return new PageFile(template.replace("{version}", version), type(DOCUMENT));
  }

  /** Every problem of both services, with a section for each name. */
  PageFile problems() {
    return problems;
  }

  /** The same without a link to the page for tokens. */
  PageFile problemsWithoutPage() {
    return new PageFile(problems.content().replace(LINK_TO_PAGE, ""), problems.type());
  }

  /** The script that starts the page. */
  PageFile starter() {
    return starter;
  }

  /** Empty for an unknown name, and for another version than this one. */
  Optional<PageFile> find(String requestedVersion, String name) {
    return version.equals(requestedVersion)
        ? Optional.ofNullable(files.get(name)).map(content -> new PageFile(content, type(name)))
        : Optional.empty();
  }

  private static String type(String name) {
    return Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
  }

  private static String text(String name) {
    try (InputStream file = PageFiles.class.getResourceAsStream("/web/" + name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String template, Map<String, String> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(template.getBytes(StandardCharsets.UTF_8));
      files.forEach(
          (name, content) ->
              digest.update((name + '\0' + content).getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
