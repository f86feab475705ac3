package dev.gimbal.cli;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.secret.EncryptionAlgorithm;
import dev.gimbal.secret.EncryptionKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gimbal keygen}: makes a key, or one for each end. */
final class KeygenCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.bare(
            "keygen",
            "Makes a key of random bytes and prints its line, which is a secret; or writes it to a"
                + " new file that only its owner can read. Of nacl-box it makes two, one for each"
                + " end: what one encrypts the other decrypts. The file gets the first, the other"
                + " is printed.",
            "Examples:",
            "  gimbal keygen 2026-11 --key-file app.keys",
            "  gimbal keygen 2026-11",
            "  (umask 077; gimbal keygen k1 --algorithm nacl-box --key-file app.keys > other.keys)",
            "",
            "Exit codes: 0 done; 2 usage; 3 the file is there, or cannot be written;",
            Syntax.EXIT_CODES_OF_FAILURES);
    spec.usageMessage().customSynopsis("gimbal keygen ID [--algorithm NAME] [--key-file FILE]");
    spec.addPositional(
        Syntax.argument(
            0, "ID", "What encrypted values call it: letters, digits, '.', '_' and '-'."));
    spec.addOption(
        Syntax.text("NAME", "--algorithm")
            .description(
                "aes-256-gcm, nacl-secretbox or nacl-box, or another one on the class path. By"
                    + " default aes-256-gcm.")
            .completionCandidates(List.of(EncryptionKey.AES_256_GCM, "nacl-secretbox", "nacl-box"))
            .build());
    spec.addOption(
        Syntax.text("FILE", "--key-file").description("A file that is not there yet.").build());
    return Syntax.help(spec);
  }

  @Override
  public int run(Options options, Terminal terminal) {
    List<EncryptionKey> ends = ends(options);
    boolean toFile = options.has("--key-file");
    Path file = toFile ? Path.of(options.text("--key-file")) : null;
    if (file != null && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(file);
    }
    for (EncryptionKey end : ends.subList(toFile ? 1 : 0, ends.size())) {
      terminal.line(end.reveal()); // first: a file with one end and no other is of no use
    }
    if (!terminal.flush()) {
      return ExitCode.OUTPUT;
    }
    if (file != null) {
      write(file, ends.get(0).reveal() + "\n");
    }
    return ExitCode.OK;
  }

  private static List<EncryptionKey> ends(Options options) {
    EncryptionAlgorithm algorithm;
    try {
      algorithm =
          EncryptionAlgorithm.named(
              options.has("--algorithm") ? options.text("--algorithm") : EncryptionKey.AES_256_GCM);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--algorithm: " + e.getMessage());
    }
    try {
      return EncryptionKey.generate(options.argument(0), algorithm);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static void write(Path file, String line) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] own =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Set<StandardOpenOption> isNew = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    try (SeekableByteChannel channel = Files.newByteChannel(file, isNew, own)) {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (IOException e) {
      throw new ConfigException(
          ErrorCode.SOURCE_FAILED, file + " cannot be written: " + e.getMessage());
    }
  }

  private static ConfigException exists(Path file) {
    return new ConfigException(
        ErrorCode.SOURCE_FAILED,
        file + " is there already; put the line of another key into it, the newest first");
  }
}
