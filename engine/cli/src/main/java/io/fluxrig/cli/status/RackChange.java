package io.fluxrig.cli.status;

/**
 * How a request to change a rack's scenario ended, as its status tells.
 *
 * @param pid of the rack's process
 * @param pidStart when that process began, as {@code ProcessStart} has it; -1 if the rack does not say
 * @param led whether a mixer sends what the rack runs, so that it reads no files again
 * @param asked requests so far; the next one has the number after it
 * @param number the newest request that was answered, 0 before the first
 * @param outcome of that one: {@code none}, {@code unchanged}, {@code changed}, {@code refused}, {@code bad_config},
 *     {@code rolled_back}, {@code unproven} or {@code stuck}
 * @param text for people
 */
public record RackChange(long pid, long pidStart, boolean led, int asked, int number, String outcome, String text) {}
