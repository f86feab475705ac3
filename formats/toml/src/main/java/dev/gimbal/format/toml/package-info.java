/** TOML 1.1, and with it 1.0, by a parser of our own. */
@NullMarked
package dev.gimbal.format.toml;

import org.jspecify.annotations.NullMarked;
