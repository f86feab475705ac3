package dev.gimbal.format.json;

import dev.gimbal.format.Format;
import dev.gimbal.testing.FormatSuiteKit;

class JsoncSuiteTest extends FormatSuiteKit {

  @Override
  protected Format format() {
    return new JsoncFormat();
  }

  @Override
  protected String suite() {
    return "/jsonc";
  }

  @Override
  protected int validDocuments() {
    return 48;
  }

  @Override
  protected int invalidDocuments() {
    return 37;
  }
}
