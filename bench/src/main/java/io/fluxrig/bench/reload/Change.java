package io.fluxrig.bench.reload;

/**
 * One change of the scenario that a rack was asked for. Seconds are those of the load, from 0.
 *
 * @param what was changed
 * @param preparedSecond in which its files were written and the rack asked how it does, which costs this process something
 * @param askedSecond at whose beginning SIGHUP was sent
 * @param underWaySecond the last of those in which the change may still have been made
 * @param outcome as the rack's status has it
 * @param text for people
 */
record Change(String what, int preparedSecond, int askedSecond, int underWaySecond, String outcome, String text) {
    boolean done() {
        return outcome.equals("changed");
    }
}
