package io.fluxrig.engine.agent;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.ScenarioPush;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers over the end of the process which scenario was being tried, so that one that ends the process (the JVM crashes, the kernel
 * wants its memory) is not tried for ever. One end may have been a power cut: the activation is tried once more. After the second it is
 * refused. What ran before runs, and where the process ends again and again as that starts, it waits between two starts, so that the mixer
 * hears of it. The agent's thread only.
 *
 * <pre>
 *   begins -> open --it runs for as long as a trial, or came to nothing--> forgotten
 *              | '-- the process, or the gears, are asked to end --> closed --it begins again--> open
 *              '---- the process dies --> closed, one death more; refused where that are too many
 * </pre>
 */
final class Attempts {
    /** Of an activation, before it is refused. */
    static final int DEATHS_MAX = 2;

    /** Of starts of what ran before, one after the other, before the next one waits. */
    static final int START_DEATHS_MAX = 3;

    static final long START_PAUSE_MS = 30_000;

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    private static final String LOOK = "look at the rack's log, and at that of what starts it (journalctl, dmesg)";

    private final MemoryFile memory;
    private final long pauseUntilMs;
    /** The last activation that came to nothing in this process, 0 for none. */
    private long failed;

    /**
     * Takes note of how the process before this one ended.
     *
     * @param nowMs rises evenly
     */
    Attempts(MemoryFile memory, long nowMs) {
        this.memory = memory;
        afterChange();
        this.pauseUntilMs = afterStart() ? nowMs + START_PAUSE_MS : 0;
    }

    private void afterChange() {
        AgentMemory now = memory.now();
        Attempt last = now.attempt();
        if (last == null || !last.open()) {
            return;
        }
        Attempt died = last.died();
        AgentMemory back = now.runs(last.before());
        if (died.deaths() >= DEATHS_MAX) {
            String text = "the rack's process ended " + times(died.deaths()) + " while it changed to " + last.title()
                    + ", or as that had just started; what ran before runs; " + LOOK + ", then activate it again";
            LOG.error("activation {}: {}", ScenarioPush.shown(last.activation()), text);
            memory.keep(back.tries(null).dealtWith(last.activation(), "refused", text));
            return;
        }
        LOG.warn(
                "activation {}: the rack's process ended while it changed to {}, or as that had just started; what ran before runs,"
                        + " and once the mixer sends it again it is tried once more",
                ScenarioPush.shown(last.activation()),
                last.title());
        boolean told = back.activation() == last.activation(); // as changed to, before the process ended
        memory.keep((told ? back.dealtWith(0, "", "") : back).tries(died));
    }

    /** Whether the next start has to wait. */
    private boolean afterStart() {
        Attempt last = memory.now().start();
        if (last == null || !last.open()) {
            return false;
        }
        Attempt died = last.died();
        memory.keep(memory.now().starts(died));
        boolean waits = died.deaths() >= START_DEATHS_MAX;
        if (waits) {
            LOG.error("{}", startText(died));
        }
        return waits;
    }

    private static String startText(Attempt start) {
        return "the rack's process ended " + times(start.deaths()) + ", one after the other, as its gears had just"
                + " started; the next start waits " + START_PAUSE_MS / 1000 + " s; " + LOOK
                + ", or activate another version";
    }

    private static String times(int deaths) {
        return deaths == 1 ? "once" : deaths == 2 ? "twice" : deaths + " times";
    }

    /** Why what ran before does not start yet, for people; empty if it may. */
    String pause(long nowMs) {
        Attempt start = memory.now().start();
        return nowMs < pauseUntilMs && start != null ? startText(start) : "";
    }

    /** A scenario that was sent is tried from now on. */
    void begin(ScenarioPush push) {
        AgentMemory now = memory.now();
        Attempt last = now.attempt();
        boolean again = last != null && last.activation() == push.activation();
        String title = push.name() + " " + push.version();
        boolean kept = last != null && last.activation() == now.activation() && Heartbeat.KEPT.equals(now.outcome());
        String before = kept ? last.before() : now.scenario(); // what was kept has not run
        Attempt tried = new Attempt(push.activation(), title, before, again ? last.deaths() : 0, true);
        memory.keep(now.tries(tried).starts(null));
    }

    /** What is remembered is started from now on: what ran before, or what was told as changed to and has not run for as long as a trial. */
    void beginStart() {
        AgentMemory now = memory.now();
        Attempt last = now.attempt();
        boolean tried = last != null && last.activation() == now.activation();
        if (tried && !last.before().equals(now.scenario())) {
            memory.keep(now.tries(last.open(true)).starts(null));
            return;
        }
        int deaths = now.start() == null ? 0 : now.start().deaths();
        memory.keep(now.starts(new Attempt(0, "", now.scenario(), deaths, true)));
    }

    /** Whatever was tried runs well, or came to nothing: no end of the process from now on is to be put down to it. */
    void over() {
        AgentMemory now = memory.now();
        if (isOpen(now.attempt()) || isOpen(now.start())) {
            memory.keep(now.tries(isOpen(now.attempt()) ? null : now.attempt()).starts(null));
        }
    }

    /** What was tried came to nothing; {@link #over}. */
    void cameToNothing(long activation) {
        failed = activation;
        over();
    }

    /**
     * What came to nothing in this process is as if it had not been sent, so that the mixer sends it again: it may have been for what another
     * process had then, the port for one.
     */
    void forgetFailure() {
        AgentMemory now = memory.now();
        if (failed != 0 && now.activation() == failed) {
            memory.keep(now.dealtWith(0, "", ""));
        }
        failed = 0;
    }

    /** The process is asked to end, or nothing runs: what was tried may begin again. */
    void ends() {
        AgentMemory now = memory.now();
        if (isOpen(now.attempt()) || isOpen(now.start())) {
            memory.keep(now.tries(closed(now.attempt())).starts(closed(now.start())));
        }
    }

    private static Attempt closed(Attempt attempt) {
        return attempt == null ? null : attempt.open(false);
    }

    private static boolean isOpen(Attempt attempt) {
        return attempt != null && attempt.open();
    }

    /** That it is not the first time that an activation is tried, for people; empty if it is. */
    String again(long activation) {
        Attempt now = memory.now().attempt();
        return now == null || now.activation() != activation || now.deaths() == 0
                ? ""
                : "tried once more, since the rack's process ended as it was tried first";
    }

    /** Hash of the bundle that runs again where what is tried comes to nothing; empty for none. */
    String before() {
        Attempt now = memory.now().attempt();
        return now == null ? "" : now.before();
    }
}
