/** Programs to read and run. */
@NullMarked
package dev.gimbal.examples;

import org.jspecify.annotations.NullMarked;
