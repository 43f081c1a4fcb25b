package io.fluxrig.bench.reload;

/**
 * One change of the scenario that a rack was asked for.
 *
 * @param what was changed
 * @param askedMs when SIGHUP was sent, ms since 1970
 * @param endedMs when the rack had said what came of it
 * @param outcome as its status has it
 * @param text for people
 */
record Change(String what, long askedMs, long endedMs, String outcome, String text) {
    boolean done() {
        return outcome.equals("changed");
    }
}
