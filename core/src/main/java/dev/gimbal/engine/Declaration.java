package dev.gimbal.engine;

import dev.gimbal.ConfigPath;

/** A key whose values must convert to a type. */
record Declaration(ConfigPath path, Class<?> type) {}
