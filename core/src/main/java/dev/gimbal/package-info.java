/**
 * What applications use: build a {@link dev.gimbal.Config}, read values, keep live handles, watch
 * paths.
 */
@NullMarked
package dev.gimbal;

import org.jspecify.annotations.NullMarked;
