/** Formats: bytes to trees with positions and back. The SPI, its limits, and properties. */
@NullMarked
package dev.gimbal.format;

import org.jspecify.annotations.NullMarked;
