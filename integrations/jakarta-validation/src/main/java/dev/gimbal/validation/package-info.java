/** Jakarta Bean Validation of bound objects. */
@NullMarked
package dev.gimbal.validation;

import org.jspecify.annotations.NullMarked;
