package dev.osmo.token.minting;

import dev.osmo.token.settings.StartRefused;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads peppers: one line each, {@code [*] id base64(32 bytes)}, exactly one marked; {@code #}
 * starts a comment line. Every complaint names the line and never its content.
 */
final class PepperFile {

  private static final Pattern LINE =
      Pattern.compile("(\\* )?([A-Za-z0-9._-]{1,32}) ([A-Za-z0-9+/]{43}=)");

  private final List<Pepper> all = new ArrayList<>();
  private final List<Pepper> marked = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final String name;

  private PepperFile(String name) {
    this.name = name;
  }

  static Peppers read(Path file) {
    try {
      return parse(file.toString(), Files.readAllLines(file));
    } catch (MalformedInputException e) {
      throw new StartRefused("The pepper file " + file + " is not text.");
    } catch (IOException e) {
      throw new StartRefused("The pepper file " + file + " cannot be read.");
    }
  }

  static Peppers parse(String name, List<String> lines) {
    PepperFile file = new PepperFile(name);
    for (int i = 0; i < lines.size(); i++) {
      file.take(i + 1, lines.get(i).strip());
    }
    if (file.marked.size() != 1) {
      throw new StartRefused(
          "The pepper file "
              + name
              + " marks "
              + file.marked.size()
              + " lines with \"* \"; exactly one must mint.");
    }
    return new Peppers(file.marked.getFirst(), file.all);
  }

  private void take(int number, String line) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new StartRefused(
          "The pepper file "
              + name
              + " is malformed at line "
              + number
              + ": expected [*] id base64-of-32-bytes.");
    }
    Pepper pepper = new Pepper(parts.group(2), Base64.getDecoder().decode(parts.group(3)));
    if (!ids.add(pepper.id())) {
      throw new StartRefused(
          "The pepper file "
              + name
              + " has the id "
              + pepper.id()
              + " twice, again at line "
              + number
              + ".");
    }
    all.add(pepper);
    if (parts.group(1) != null) {
      marked.add(pepper);
    }
  }
}
