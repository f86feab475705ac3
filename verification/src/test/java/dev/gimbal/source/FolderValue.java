package dev.gimbal.source;

import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.Scalar;

/** The value that a file of a folder stands for, from inside the package of the sources. */
public final class FolderValue {

  private static final String FILE = "file";

  private FolderValue() {}

  /**
   * The text of a file with these bytes.
   *
   * @throws dev.gimbal.ConfigException when they are not UTF-8
   */
  public static String of(byte[] bytes) {
    FolderDocument document = new FolderDocument("folder", ReadOptions.DEFAULT);
    document.value("/folder/" + FILE, FILE, bytes);
    return document.build().tree().get(FILE) instanceof Scalar value ? value.text() : "";
  }
}
