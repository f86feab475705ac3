package dev.gimbal.engine;

import dev.gimbal.bind.Conversions;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the builder was told. Immutable.
 *
 * @param secrets what patterns say is secret, or null
 */
record Settings(
    Formats formats,
    ReadOptions readOptions,
    Merger.Policies policies,
    Limits limits,
    boolean watching,
    Conversions conversions,
    int history,
    UserCode userCode,
    UnknownKeyCheck.Owned owned,
    List<Declaration.Key> declared,
    boolean trackReads,
    Decryption.Keys keys,
    @Nullable SecretPaths secrets) {

  /** How long what may take. Immutable. */
  record Limits(
      Duration start, Duration close, Duration format, Duration check, Duration slowListener) {

    /** The same for all. */
    static Limits all(Duration limit) {
      return new Limits(limit, limit, limit, limit, limit);
    }
  }

  /**
   * What looks at candidates. Immutable.
   *
   * @param validators asked about whatever resolves
   * @param guards asked about what passes everything else
   * @param objectChecks asked about what was made for declared keys
   * @param resources prepare for what passes all that
   */
  record UserCode(
      List<UserCheck> validators,
      List<UserCheck> guards,
      List<ObjectCheck> objectChecks,
      List<Resources.Entry> resources) {
    static final UserCode NONE = new UserCode(List.of(), List.of(), List.of(), List.of());

    UserCode {
      validators = List.copyOf(validators);
      guards = List.copyOf(guards);
      objectChecks = List.copyOf(objectChecks);
      resources = List.copyOf(resources);
    }

    /** Whether any is asked about candidates as they are. */
    boolean asks() {
      return !(validators.isEmpty() && guards.isEmpty());
    }
  }
}
