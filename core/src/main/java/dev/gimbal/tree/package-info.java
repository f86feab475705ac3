/**
 * Immutable configuration trees with shared subtrees, the patches that change them, and the tables
 * that remember where each value was written.
 */
@NullMarked
package dev.gimbal.tree;

import org.jspecify.annotations.NullMarked;
