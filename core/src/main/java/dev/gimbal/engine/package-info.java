/**
 * The engine behind {@link dev.gimbal.Config}: layers, the lane, snapshots, mailboxes. Not
 * exported; applications meet it only through the interfaces of {@code dev.gimbal}.
 */
@NullMarked
package dev.gimbal.engine;

import org.jspecify.annotations.NullMarked;
