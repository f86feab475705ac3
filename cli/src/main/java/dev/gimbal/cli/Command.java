package dev.gimbal.cli;

import picocli.CommandLine.Model.CommandSpec;

/** One of the commands: what it takes, and what it does. */
interface Command {

  CommandSpec spec();

  /**
   * Does it.
   *
   * @return the exit code
   * @throws dev.gimbal.ConfigException for exit code 3
   * @throws UsageException for exit code 2
   */
  int run(Options options, Terminal terminal) throws InterruptedException;
}
