/** What several packages know of texts. Not exported. */
@NullMarked
package dev.gimbal.text;

import org.jspecify.annotations.NullMarked;
