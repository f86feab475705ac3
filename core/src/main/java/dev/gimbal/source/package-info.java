/** Sources: where configuration comes from. The SPI and the built-in sources. */
@NullMarked
package dev.gimbal.source;

import org.jspecify.annotations.NullMarked;
