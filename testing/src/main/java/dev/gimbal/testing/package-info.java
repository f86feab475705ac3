/** Test doubles for tests of applications and of sources. */
@NullMarked
package dev.gimbal.testing;

import org.jspecify.annotations.NullMarked;
