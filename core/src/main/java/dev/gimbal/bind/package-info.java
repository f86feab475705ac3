/** Conversion of configuration values to Java types. */
@NullMarked
package dev.gimbal.bind;

import org.jspecify.annotations.NullMarked;
