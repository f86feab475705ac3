/** A class that follows its configuration; its tests show how such classes are tested. */
@NullMarked
package dev.gimbal.examples.tested;

import org.jspecify.annotations.NullMarked;
