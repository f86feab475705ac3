package dev.gimbal.format.dotenv;

import dev.gimbal.format.Format;
import dev.gimbal.testing.FormatSuiteKit;

class DotenvSuiteTest extends FormatSuiteKit {

  @Override
  protected Format format() {
    return new DotenvFormat();
  }

  @Override
  protected int validDocuments() {
    return 47;
  }

  @Override
  protected int invalidDocuments() {
    return 40;
  }
}
