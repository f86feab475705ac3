@NullMarked
package dev.gimbal.cli;

import org.jspecify.annotations.NullMarked;
