/** Two services that follow the same keys of etcd. */
@NullMarked
package dev.gimbal.examples.shop;

import org.jspecify.annotations.NullMarked;
