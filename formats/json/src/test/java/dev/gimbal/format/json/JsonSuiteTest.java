package dev.gimbal.format.json;

import dev.gimbal.format.Format;
import dev.gimbal.testing.FormatSuiteKit;

/** RFC 8259, rule by rule; {@code either} is what it leaves to the reader. */
class JsonSuiteTest extends FormatSuiteKit {

  @Override
  protected Format format() {
    return new JsonFormat();
  }

  /** What is expected ends with {@code .json}. */
  @Override
  protected String extension() {
    return "document";
  }

  @Override
  protected int validDocuments() {
    return 166;
  }

  @Override
  protected int invalidDocuments() {
    return 288;
  }
}
