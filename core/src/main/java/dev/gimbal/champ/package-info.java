/** The persistent hash map that trees and registries are made of. Not exported. */
@NullMarked
package dev.gimbal.champ;

import org.jspecify.annotations.NullMarked;
