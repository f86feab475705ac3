package dev.gimbal.bind;

import dev.gimbal.tree.Node;

/** Makes values of one type. Immutable. */
@FunctionalInterface
interface Conversion {

  Object convert(Node node) throws ConversionException;
}
