package dev.gimbal.models;

import dev.gimbal.runs.ProcessRuns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The models in {@code verification/models}. */
public final class Models {

  private Models() {}

  /** A model's text. */
  public static String text(String model) {
    try {
      return Files.readString(
          Path.of(System.getProperty("gimbal.root"), "verification", "models", model));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of a run, with a copy of a model. */
  public static Path folder(String model, String run) throws IOException {
    Path folder = ProcessRuns.folder("models", run);
    Files.writeString(folder.resolve(model), text(model));
    return folder;
  }
}
