package dev.gimbal;

/**
 * What can be wrong with a configuration. The id is stable and never reused.
 *
 * @since 0.1.0
 */
public enum ErrorCode {
  /** A path's text does not follow the grammar. */
  PATH_SYNTAX("GIM-001"),
  /** A value was asked for without a default and there is none. */
  ABSENT("GIM-002"),
  /** A value does not convert to the type that was asked for. */
  CONVERSION("GIM-003"),
  /** A document does not follow its format. */
  MALFORMED("GIM-004"),
  /** A document exceeds a limit. */
  LIMIT("GIM-005"),
  /** A key stands twice in one object. */
  DUPLICATE_KEY("GIM-006"),
  /** A document's root is neither an object nor empty. */
  ROOT("GIM-007"),
  /** A placeholder has no value and no default. */
  PLACEHOLDER("GIM-008"),
  /** Placeholders refer to each other in a circle. */
  PLACEHOLDER_CYCLE("GIM-009"),
  /** An environment variable or argument stands for more than one key. */
  AMBIGUOUS("GIM-010"),
  /** A source answered that it has nothing, and it is required. */
  SOURCE_ABSENT("GIM-011"),
  /** A source could not be read. */
  SOURCE_FAILED("GIM-012"),
  /** A source did not answer in time. */
  SOURCE_TIMEOUT("GIM-013"),
  /** A source's URI, path or option cannot be understood. */
  SOURCE_SPEC("GIM-014"),
  /** No format is known by that name or extension. */
  UNKNOWN_FORMAT("GIM-015"),
  /** Two sources have the same name. */
  DUPLICATE_SOURCE("GIM-016"),
  /** Command-line arguments that cannot be understood. */
  ARGUMENT("GIM-017"),
  /** Code of a user or a library overran its deadline. */
  DEADLINE("GIM-018"),
  /** A tree cannot be expressed in the format asked for, or holds secrets that are not shown. */
  NOT_EXPRESSIBLE("GIM-019"),
  /** A source's patch does not fit its layer. */
  PATCH("GIM-020"),
  /** A number is accepted, but other tools read it as another one; a warning. */
  ODD_NUMBER("GIM-021"),
  /** A tag of YAML that is not known; a warning. */
  UNKNOWN_TAG("GIM-022"),
  /** Two converters make one type. */
  DUPLICATE_CONVERTER("GIM-023"),
  /** A guard, a validator or a resource refuses a candidate. */
  REFUSED("GIM-024"),
  /** A change was asked for while a rollback is pinned. */
  PINNED("GIM-025"),
  /** A key that nothing declares, below a prefix where that is an error or a warning. */
  UNKNOWN_KEY("GIM-026"),
  /** An encrypted value cannot be decrypted. */
  DECRYPTION("GIM-027"),
  /** A document cannot be edited safely at this place, or its format has no editor. */
  NOT_EDITABLE("GIM-028"),
  /** What was to be changed has changed meanwhile. */
  CONFLICT("GIM-029");

  private final String id;

  ErrorCode(String id) {
    this.id = id;
  }

  /** The stable id, such as {@code GIM-003}. */
  public String id() {
    return id;
  }

  /** Its page among Gimbal's documents, such as {@code docs/errors/GIM-003.md}. */
  public String page() {
    return "docs/errors/" + id + ".md";
  }
}
