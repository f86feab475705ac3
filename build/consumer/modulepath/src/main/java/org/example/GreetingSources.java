package org.example;

import dev.gimbal.Sources;
import dev.gimbal.source.Source;
import dev.gimbal.source.SourceProvider;
import dev.gimbal.source.SourceSpec;
import java.util.Map;
import java.util.Set;

/** Makes the source of {@code greeting:NAME}; a service of this project. */
public final class GreetingSources implements SourceProvider {

  @Override
  public Set<String> schemes() {
    return Set.of("greeting");
  }

  @Override
  public Source create(SourceSpec spec) {
    return Sources.map(spec.text(), Map.of("server.greeting", "hello " + spec.location()));
  }
}
