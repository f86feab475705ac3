package dev.gimbal.format.toml;

import dev.gimbal.format.Format;
import dev.gimbal.testing.FormatSuiteKit;

class TomlSuiteTest extends FormatSuiteKit {

  @Override
  protected Format format() {
    return new TomlFormat();
  }

  @Override
  protected int validDocuments() {
    return 99;
  }

  @Override
  protected int invalidDocuments() {
    return 465;
  }
}
