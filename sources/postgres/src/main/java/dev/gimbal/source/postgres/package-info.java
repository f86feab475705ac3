/** The rows of a table in PostgreSQL as a layer, which follows notices. */
@NullMarked
package dev.gimbal.source.postgres;

import org.jspecify.annotations.NullMarked;
