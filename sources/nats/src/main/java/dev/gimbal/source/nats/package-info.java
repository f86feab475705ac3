/** Keys of NATS JetStream KV as a source. */
@NullMarked
package dev.gimbal.source.nats;

import org.jspecify.annotations.NullMarked;
