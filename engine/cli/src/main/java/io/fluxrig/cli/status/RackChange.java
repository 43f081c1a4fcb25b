package io.fluxrig.cli.status;

/**
 * How a rack's last change of scenario ended, as its status tells.
 *
 * @param pid of the rack's process
 * @param number how many changes ended since it started
 * @param outcome {@code none}, {@code unchanged}, {@code changed}, {@code refused}, {@code bad_config} or {@code rolled_back}
 * @param text for people
 */
public record RackChange(long pid, int number, String outcome, String text) {}
