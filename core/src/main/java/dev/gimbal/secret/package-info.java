/** Which values are secret, how they are shown, and how they are encrypted. */
@NullMarked
package dev.gimbal.secret;

import org.jspecify.annotations.NullMarked;
