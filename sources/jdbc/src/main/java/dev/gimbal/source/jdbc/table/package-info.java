/** How rows are read and written, for the sources of Gimbal that do so. No API. */
@NullMarked
package dev.gimbal.source.jdbc.table;

import org.jspecify.annotations.NullMarked;
