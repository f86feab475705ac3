package dev.gimbal.jsonschema;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The drafts of JSON Schema. */
final class Drafts {

  private static final SchemaRegistryConfig SETTINGS =
      SchemaRegistryConfig.builder().locale(Locale.ENGLISH).formatAssertionsEnabled(true).build();

  /** The first one is that of a schema without a {@code $schema}. */
  private static final List<Dialect> ALL =
      List.of(
          Dialects.getDraft202012(),
          Dialects.getDraft201909(),
          Dialects.getDraft7(),
          Dialects.getDraft6(),
          Dialects.getDraft4());

  private Drafts() {}

  /** For schemas, which the schema of their draft checks: a text is a text. */
  static SchemaRegistry ofSchemas() {
    return registry(Map.of("anyOf", AnyAlternative::new, "oneOf", AnyAlternative::new));
  }

  /** For configurations, in which a text may say a number or a boolean. */
  static SchemaRegistry ofConfigurations() {
    return registry(
        Map.of(
            "type", NamedValue::new,
            "enum", NamedValue::new,
            "const", NamedValue::new,
            "minimum", NumericLimit::new,
            "maximum", NumericLimit::new,
            "exclusiveMinimum", NumericLimit::new,
            "exclusiveMaximum", NumericLimit::new,
            "multipleOf", NumericLimit::new,
            "anyOf", AnyAlternative::new,
            "oneOf", OneAlternative::new));
  }

  private static SchemaRegistry registry(Map<String, WrappedKeyword.Wrapper> wrappers) {
    List<Dialect> dialects = ALL.stream().map(dialect -> wrapped(dialect, wrappers)).toList();
    return SchemaRegistry.withDialects(dialects, builder -> builder.schemaRegistryConfig(SETTINGS));
  }

  private static Dialect wrapped(Dialect dialect, Map<String, WrappedKeyword.Wrapper> wrappers) {
    Dialect.Builder builder = Dialect.builder(dialect);
    dialect
        .getKeywords()
        .forEach(
            (name, keyword) -> {
              WrappedKeyword.Wrapper wrapper = wrappers.get(name);
              if (wrapper != null) {
                builder.keyword(new WrappedKeyword(keyword, wrapper));
              }
            });
    return builder.build();
  }
}
