/** JSON as RFC 8259 has it, without extensions. */
@NullMarked
package dev.gimbal.format.json;

import org.jspecify.annotations.NullMarked;
