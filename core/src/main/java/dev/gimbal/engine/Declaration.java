package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import java.lang.reflect.Type;

/** A key whose values must convert to a type. */
record Declaration(ConfigPath path, Type type) {}
