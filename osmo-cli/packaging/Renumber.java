import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Numbers the keys in the classes that Quarkus generates in the order of the classes' names. Quarkus
 * 3.33 numbers them in the order in which parallel steps of the build happen to finish, so that no
 * two builds would be equal (quarkusio/quarkus#53025). The classes exchange values by these keys:
 * only which of them are equal matters.
 *
 * <p>usage: {@code java Renumber.java GENERATED-BYTECODE-JAR}
 */
final class Renumber {
  private static final String KEY = "proxykey\\d+";

  private final Map<String, String> renamed = new HashMap<>();

  public static void main(String[] arguments) throws IOException {
    Path jar = Path.of(arguments[0]);
    SortedMap<String, byte[]> entries = read(jar);
    Renumber keys = new Renumber();
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      if (entry.getKey().endsWith(".class")) {
        entry.setValue(keys.renumbered(entry.getValue()));
      }
    }
    write(jar, entries);
  }

  private static SortedMap<String, byte[]> read(Path jar) throws IOException {
    SortedMap<String, byte[]> entries = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream content = zip.getInputStream(entry)) {
          entries.put(entry.getName(), content.readAllBytes());
        }
      }
    }
    return entries;
  }

  private static void write(Path jar, SortedMap<String, byte[]> entries) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry named = new ZipEntry(entry.getKey());
        // The first moment that the format can say, in any time zone.
        named.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0));
        zip.putNextEntry(named);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
  }

  /** Copies a class file and renames the texts in its constant pool (JVMS, section 4.4). */
  private byte[] renumbered(byte[] classFile) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(in.readLong());
    int count = in.readUnsignedShort();
    out.writeShort(count);
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      switch (tag) {
        case 1 -> {
          String text = in.readUTF();
          out.writeUTF(
              text.matches(KEY)
                  ? renamed.computeIfAbsent(text, key -> "proxykey" + renamed.size())
                  : text);
        }
        case 7, 8, 16, 19, 20 -> out.write(in.readNBytes(2));
        case 15 -> out.write(in.readNBytes(3));
        case 3, 4, 9, 10, 11, 12, 17, 18 -> out.write(in.readNBytes(4));
        case 5, 6 -> {
          out.write(in.readNBytes(8));
          i++; // They take two places.
        }
        default -> throw new IOException("unknown constant " + tag);
      }
    }
    in.transferTo(out);
    return bytes.toByteArray();
  }
}
