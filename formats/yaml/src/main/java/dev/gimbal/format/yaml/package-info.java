/** YAML 1.2 with the core schema, merge keys, and no tags that construct. */
@NullMarked
package dev.gimbal.format.yaml;

import org.jspecify.annotations.NullMarked;
