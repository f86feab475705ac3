package dev.gimbal.secret;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** A file that Java's key stores are kept in, read anew for each key. Safe for many threads. */
final class KeyStoreFile {

  private static final String NO_STORE = " is no key store of PKCS12 or JCEKS, or was altered";
  private static final int JCEKS = 0xCECECECE;
  private static final int JKS = 0xFEEDFEED;

  private final Path file;
  private final Supplier<char[]> password;

  KeyStoreFile(Path file, Supplier<char[]> password) {
    this.file = file;
    this.password = password;
  }

  /** The key of an id, as {@link KeyProvider#keystore} describes it. */
  Optional<EncryptionKey> find(String id) throws IOException {
    KeyRing.refuseOthers(toString(), file);
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no key store " + file, e);
    }
    char[] opening = Objects.requireNonNull(password.get(), "password");
    try {
      Key key = open(bytes, opening).getKey(id, opening);
      return key == null ? Optional.empty() : Optional.of(key(id, key));
    } catch (UnrecoverableKeyException e) {
      throw failure("key \"" + id + "\" of ", " has a password of its own, or was altered", e);
    } catch (GeneralSecurityException e) {
      throw failure("", " cannot be read: " + e.getMessage(), e);
    } finally {
      Arrays.fill(opening, '\0');
    }
  }

  private KeyStore open(byte[] bytes, char[] opening) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(type(bytes));
    try {
      store.load(new ByteArrayInputStream(bytes), opening);
      return store;
    } catch (IOException e) {
      throw e.getCause() instanceof UnrecoverableKeyException
          ? failure("", " does not open: the password is another one, or it was altered", e)
          : failure("", NO_STORE, e);
    } catch (RuntimeException e) { // what JCEKS makes of some altered bytes
      throw failure("", NO_STORE, e);
    }
  }

  private String type(byte[] bytes) throws IOException {
    int begin = bytes.length < Integer.BYTES ? 0 : ByteBuffer.wrap(bytes).getInt();
    if (begin == JKS) {
      throw failure("", " is of JKS, which holds no secret keys (expected: PKCS12 or JCEKS)", null);
    }
    return begin == JCEKS ? "JCEKS" : "PKCS12";
  }

  private EncryptionKey key(String id, Key key) throws IOException {
    byte[] bytes = key instanceof SecretKey ? key.getEncoded() : null;
    if (bytes == null) {
      throw failure("entry \"" + id + "\" of ", " is no secret key that tells its bytes", null);
    }
    try {
      EncryptionAlgorithm algorithm =
          key.getAlgorithm().equals("AES")
              ? new AesGcm()
              : EncryptionAlgorithm.named(key.getAlgorithm());
      return EncryptionKey.of(id, algorithm, bytes);
    } catch (IllegalArgumentException e) {
      throw failure("entry \"" + id + "\" of ", ": " + e.getMessage(), e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private IOException failure(String before, String what, @Nullable Throwable cause) {
    return new IOException(before + this + what, cause);
  }

  @Override
  public String toString() {
    return "the key store " + file;
  }
}
