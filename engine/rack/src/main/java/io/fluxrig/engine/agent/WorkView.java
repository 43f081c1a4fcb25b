package io.fluxrig.engine.agent;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Traffic;

/** What a heartbeat says of {@link AgentWork}; see {@link Heartbeat}. */
record WorkView(
        String state,
        String reason,
        String scenario,
        String scenarioVersion,
        String scenarioHash,
        long inFlight,
        long activation,
        String outcome,
        String text,
        long uptimeSeconds,
        int statusPort,
        Traffic traffic) {

    /** But for its time, which is given when it is sent. */
    Heartbeat.Builder heartbeat(Identity identity, String version, KeysTaker keys) {
        boolean wireKey = keys.hasWireKey();
        return moment -> new Heartbeat(
                identity.name(),
                version,
                state,
                reason,
                scenario,
                scenarioVersion,
                scenarioHash,
                inFlight,
                activation,
                outcome,
                text,
                ProcessHandle.current().pid(),
                uptimeSeconds,
                statusPort,
                keys.mark(),
                wireKey,
                traffic,
                moment.atMs(),
                moment.writtenMs(),
                identity.run());
    }
}
