/** Secretbox and box of NaCl for values that are written encrypted, by the library Salty Coffee. */
@NullMarked
package dev.gimbal.secret.nacl;

import org.jspecify.annotations.NullMarked;
