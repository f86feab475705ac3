/** Reads bound types from their source, and writes what describes them. */
@NullMarked
package dev.gimbal.processor;

import org.jspecify.annotations.NullMarked;
