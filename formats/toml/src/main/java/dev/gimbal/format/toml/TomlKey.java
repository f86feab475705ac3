package dev.gimbal.format.toml;

/** One part of a dotted key, and where it stands. */
record TomlKey(String name, int line, int column) {}
