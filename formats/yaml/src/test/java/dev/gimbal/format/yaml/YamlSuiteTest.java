package dev.gimbal.format.yaml;

import dev.gimbal.format.Format;
import dev.gimbal.testing.FormatSuiteKit;

/** YAML 1.2.2, chapter by chapter, as docs/spec/formats.md has it. */
class YamlSuiteTest extends FormatSuiteKit {

  @Override
  protected Format format() {
    return new YamlFormat();
  }

  @Override
  protected int validDocuments() {
    return 517;
  }

  @Override
  protected int invalidDocuments() {
    return 168;
  }
}
