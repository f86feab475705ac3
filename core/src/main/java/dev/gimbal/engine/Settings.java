package dev.gimbal.engine;

import dev.gimbal.bind.Conversions;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import java.time.Duration;
import java.util.List;

/** What the builder was told. Immutable. */
record Settings(
    Formats formats,
    ReadOptions readOptions,
    Merger.Policies policies,
    Duration startTimeout,
    Duration closeTimeout,
    Duration formatTimeout,
    Duration slowListenerAfter,
    boolean watching,
    Conversions conversions,
    Duration checkTimeout,
    int history,
    List<UserCheck> validators,
    List<UserCheck> guards,
    List<ObjectCheck> objectChecks,
    UnknownKeyCheck.Owned owned,
    List<Declaration.Key> declared,
    boolean trackReads) {}
