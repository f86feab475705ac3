/** A small HTTP service that follows its configuration while it works. */
@NullMarked
package dev.gimbal.examples.live;

import org.jspecify.annotations.NullMarked;
