package io.fluxrig.engine.agent;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.ScenarioPush;
import io.fluxrig.engine.control.Traffic;
import io.fluxrig.engine.rack.RackState;
import io.fluxrig.engine.rack.process.RackRun;
import io.fluxrig.engine.scenario.Scenario;
import java.util.concurrent.TimeUnit;

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
    /** In flight, as far as is known. */
    static final int UNKNOWN = -1;

    private static final long ASK_MS_MAX = 500;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    /**
     * How it is.
     *
     * @param run null for none
     * @param waitingFor what a rack waits for that nothing holds, and that runs nothing
     * @param runningHash of what runs
     * @param underWay the activation that is being made, null for none; {@code said} is what there is to say of it
     */
    static WorkView of(
            RackRun run,
            AgentMemory memory,
            String waitingFor,
            String runningHash,
            ScenarioPush underWay,
            String said) {
        Scenario scenario = run == null ? null : run.supervisor().plan().scenario();
        boolean held = !memory.heldBy().isEmpty();
        boolean changing = underWay != null;
        String idle = held ? memory.heldBy() : waitingFor;
        return new WorkView(
                run != null ? run.supervisor().state().word() : held ? "held" : "waiting",
                run != null ? run.supervisor().condition() : idle,
                scenario == null ? "" : scenario.name(),
                scenario == null ? "" : scenario.version(),
                runningHash,
                inFlight(run),
                changing ? underWay.activation() : memory.activation(),
                changing ? Heartbeat.UNDER_WAY : memory.outcome(),
                changing ? said : memory.text(),
                run == null ? 0 : run.supervisor().uptimeNs() / NS_PER_SECOND,
                run == null ? 0 : Math.max(0, run.port()),
                run == null ? null : run.traffic());
    }

    /** {@link #UNKNOWN} where the event loops do not say: the agent must not wait for one that broke. */
    static long inFlight(RackRun run) {
        if (run == null || run.supervisor().state() == RackState.STOPPED) {
            return 0;
        }
        return run.supervisor()
                .inFlight()
                .otherwise(UNKNOWN)
                .toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(UNKNOWN, ASK_MS_MAX, TimeUnit.MILLISECONDS)
                .join();
    }

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
