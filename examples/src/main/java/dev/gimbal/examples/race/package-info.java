/** The race that Gimbal exists to end: a twin that has it, and Gimbal, under the same churn. */
@NullMarked
package dev.gimbal.examples.race;

import org.jspecify.annotations.NullMarked;
