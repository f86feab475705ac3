package dev.gimbal.secret;

import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The algorithms that are there, looked up each time: nothing is kept, and nothing is looked for
 * where no other than AES is asked for.
 */
final class InstalledAlgorithms {

  /** What {@code gimbal-nacl} has. */
  private static final List<String> NACL = List.of("nacl-box", "nacl-secretbox");

  private InstalledAlgorithms() {}

  /**
   * The algorithm of that name.
   *
   * @throws IllegalArgumentException when there is none, with those that are known
   */
  static EncryptionAlgorithm get(String name) {
    if (name.equals(EncryptionKey.AES_256_GCM)) {
      return new AesGcm();
    }
    Map<String, EncryptionAlgorithm> installed = find();
    EncryptionAlgorithm algorithm = installed.get(name);
    if (algorithm == null) {
      throw new IllegalArgumentException(
          "no such algorithm (expected: " + expected(installed) + ")");
    }
    return algorithm;
  }

  private static String expected(Map<String, EncryptionAlgorithm> installed) {
    String known = String.join(", ", installed.keySet());
    return installed.keySet().containsAll(NACL)
        ? known
        : known + "; with gimbal-nacl also " + String.join(", ", NACL);
  }

  /** Whether there is an algorithm of that name, here or in a module that is not here. */
  static boolean isKnown(String name) {
    return name.equals(EncryptionKey.AES_256_GCM)
        || NACL.contains(name)
        || find().containsKey(name);
  }

  private static Map<String, EncryptionAlgorithm> find() {
    Map<String, EncryptionAlgorithm> found = new TreeMap<>();
    ClassLoader own = EncryptionAlgorithm.class.getClassLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    try {
      addAll(found, own);
      if (context != null && context != own) {
        addAll(found, context);
      }
    } catch (ServiceConfigurationError e) {
      throw new IllegalArgumentException("an algorithm cannot be loaded: " + e.getMessage(), e);
    }
    EncryptionAlgorithm aes = new AesGcm();
    found.put(aes.name(), aes);
    return found;
  }

  private static void addAll(Map<String, EncryptionAlgorithm> found, @Nullable ClassLoader loader) {
    for (EncryptionAlgorithm algorithm : ServiceLoader.load(EncryptionAlgorithm.class, loader)) {
      found.put(algorithm.name(), algorithm);
    }
  }
}
