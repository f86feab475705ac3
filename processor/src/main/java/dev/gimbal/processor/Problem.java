package dev.gimbal.processor;

/** What is wrong with a member, and where. */
record Problem(String message, Place place) {}
