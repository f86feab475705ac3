/** XML 1.0 with namespaces, without a document type. */
@NullMarked
package dev.gimbal.format.xml;

import org.jspecify.annotations.NullMarked;
