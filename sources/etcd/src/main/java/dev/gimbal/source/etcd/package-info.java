/** Keys of etcd as a layer: {@link dev.gimbal.source.etcd.EtcdSource}. */
@NullMarked
package dev.gimbal.source.etcd;

import org.jspecify.annotations.NullMarked;
