/** JSON as RFC 8259 has it, without extensions; and with comments, on request. */
@NullMarked
package dev.gimbal.format.json;

import org.jspecify.annotations.NullMarked;
