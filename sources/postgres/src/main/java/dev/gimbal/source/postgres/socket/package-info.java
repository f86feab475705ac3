/** Sockets that can be closed while the driver connects. The driver makes them by name. No API. */
@NullMarked
package dev.gimbal.source.postgres.socket;

import org.jspecify.annotations.NullMarked;
