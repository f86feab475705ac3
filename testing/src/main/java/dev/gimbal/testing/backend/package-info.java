/**
 * Real servers that a test starts, kills and starts again, and a proxy that makes a network fail.
 * They need Linux; a program that is not installed is an error that names its Debian package.
 */
@NullMarked
package dev.gimbal.testing.backend;

import org.jspecify.annotations.NullMarked;
