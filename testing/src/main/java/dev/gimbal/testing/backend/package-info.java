/**
 * Real servers that a test starts, kills and starts again, a proxy that makes a network fail, and a
 * Config whose clock jumps. They need Linux; a program that is not installed is an error that names
 * its Debian package.
 */
@NullMarked
package dev.gimbal.testing.backend;

import org.jspecify.annotations.NullMarked;
