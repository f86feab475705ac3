/** Which values are secret, and how they are shown. */
@NullMarked
package dev.gimbal.secret;

import org.jspecify.annotations.NullMarked;
