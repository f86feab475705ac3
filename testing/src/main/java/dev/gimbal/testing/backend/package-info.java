/**
 * Real servers that a test starts, kills and starts again, a proxy that makes a network fail, a
 * Config whose clock jumps, and a source whose tasks are counted. They need Linux; a program that
 * is not installed is an error that names its Debian package.
 */
@NullMarked
package dev.gimbal.testing.backend;

import org.jspecify.annotations.NullMarked;
