/** The format of {@code .env} files, by a parser of our own. */
@NullMarked
package dev.gimbal.format.dotenv;

import org.jspecify.annotations.NullMarked;
