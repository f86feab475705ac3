/**
 * What sources of stores of keys and values have in common: which keys make a layer, what a change
 * of keys changes in it, and what an edit of it writes.
 */
@NullMarked
package dev.gimbal.source.store;

import org.jspecify.annotations.NullMarked;
