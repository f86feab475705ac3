/** A validator by a JSON Schema. */
@NullMarked
package dev.gimbal.jsonschema;

import org.jspecify.annotations.NullMarked;
