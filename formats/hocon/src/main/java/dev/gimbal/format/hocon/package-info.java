/** HOCON, with its substitutions resolved inside the document. */
@NullMarked
package dev.gimbal.format.hocon;

import org.jspecify.annotations.NullMarked;
