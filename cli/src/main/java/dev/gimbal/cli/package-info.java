/** The {@code gimbal} command. {@code docs/cli.md} is its manual. */
@NullMarked
package dev.gimbal.cli;

import org.jspecify.annotations.NullMarked;
