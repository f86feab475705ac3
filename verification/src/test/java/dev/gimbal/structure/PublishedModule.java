package dev.gimbal.structure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.gimbal.Config;
import dev.gimbal.cli.Main;
import dev.gimbal.format.dotenv.DotenvFormat;
import dev.gimbal.format.hcl.HclFormat;
import dev.gimbal.format.hocon.HoconFormat;
import dev.gimbal.format.json.JsonFormat;
import dev.gimbal.format.toml.TomlFormat;
import dev.gimbal.format.xml.XmlFormat;
import dev.gimbal.format.yaml.YamlFormat;
import dev.gimbal.jsonschema.JsonSchema;
import dev.gimbal.processor.SettingsProcessor;
import dev.gimbal.secret.nacl.NaclBox;
import dev.gimbal.source.etcd.EtcdSource;
import dev.gimbal.source.jdbc.JdbcSource;
import dev.gimbal.source.nats.NatsSource;
import dev.gimbal.source.postgres.PostgresSource;
import dev.gimbal.source.store.StoreKeys;
import dev.gimbal.testing.ManualTasks;
import dev.gimbal.validation.BeanValidation;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;

/** A published module that has classes. */
enum PublishedModule {
  CORE("core", Config.class),
  JSON("formats/json", JsonFormat.class),
  YAML("formats/yaml", YamlFormat.class),
  DOTENV("formats/dotenv", DotenvFormat.class),
  TOML("formats/toml", TomlFormat.class),
  XML("formats/xml", XmlFormat.class),
  HOCON("formats/hocon", HoconFormat.class),
  HCL("formats/hcl", HclFormat.class),
  NACL("secrets/nacl", NaclBox.class),
  STORE("sources/store", StoreKeys.class),
  ETCD("sources/etcd", EtcdSource.class),
  JDBC("sources/jdbc", JdbcSource.class),
  POSTGRES("sources/postgres", PostgresSource.class),
  NATS("sources/nats", NatsSource.class),
  JSON_SCHEMA("integrations/json-schema", JsonSchema.class),
  JAKARTA_VALIDATION("integrations/jakarta-validation", BeanValidation.class),
  CLI("cli", Main.class),
  TESTING("testing", ManualTasks.class),
  PROCESSOR("processor", SettingsProcessor.class);

  /** Imported once. */
  private static final Map<PublishedModule, JavaClasses> CLASSES = importAll();

  /** Where its sources are. */
  private final Path folder;

  /** The folder or jar of its classes. */
  private final Path built;

  PublishedModule(String folder, Class<?> member) {
    this.folder = Path.of(System.getProperty("gimbal.root"), folder, "src", "main", "java");
    try {
      this.built = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<PublishedModule, JavaClasses> importAll() {
    Map<PublishedModule, JavaClasses> classes = new EnumMap<>(PublishedModule.class);
    for (PublishedModule module : values()) {
      classes.put(module, module.load());
    }
    return classes;
  }

  /** Its classes, as they were compiled. */
  JavaClasses classes() {
    return CLASSES.get(this);
  }

  /** The classes of all of them. */
  static List<JavaClass> allClasses() {
    List<JavaClass> all = new ArrayList<>();
    CLASSES.values().forEach(all::addAll);
    return all;
  }

  /** The source file of a class of its own. */
  Path source(JavaClass topLevel) {
    return folder.resolve(topLevel.getName().replace('.', '/') + ".java");
  }

  private JavaClasses load() {
    try {
      if (Files.isDirectory(built)) {
        return new ClassFileImporter().importPath(built);
      }
      try (JarFile jar = new JarFile(built.toFile())) {
        return new ClassFileImporter().importJar(jar);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  ModuleDescriptor descriptor() {
    try {
      if (Files.isDirectory(built)) {
        return read(built.resolve("module-info.class"));
      }
      try (FileSystem jar = FileSystems.newFileSystem(built)) {
        return read(jar.getPath("module-info.class"));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ModuleDescriptor read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ModuleDescriptor.read(in);
    }
  }
}
