/** The rows of a table as a layer, in any database that has a JDBC driver. */
@NullMarked
package dev.gimbal.source.jdbc;

import org.jspecify.annotations.NullMarked;
