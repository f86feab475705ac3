package dev.gimbal.examples.race;

/**
 * What happened to a contestant.
 *
 * @param changes values that were changed
 * @param stops watchers that were opened and stopped
 * @param deaths publishers that ended; each time a new contestant took over
 * @param watchersLeft watchers still registered although every one was stopped
 * @param bursts bursts of changes, each followed by silence
 * @param lostFinals bursts whose last value its watcher never got
 */
record Tally(
    long changes, long stops, long deaths, long watchersLeft, int bursts, int lostFinals) {}
