package io.fluxrig.engine.rack.change;

import io.fluxrig.engine.rack.strips.RackStrips;
import io.fluxrig.engine.rack.strips.RunningPlan;
import io.fluxrig.engine.rack.trial.TrialWatch;
import io.fluxrig.perf.clock.Clock;

/**
 * The rack that changes are made to, and how long they may take.
 *
 * @param running what its strips run
 * @param watch how gears, destinations and links do now and did lately
 * @param linksNs for how long a client that replaces another may be without a link ({@code rack.reload_links})
 * @param trialNs for how long what is new is watched ({@code rack.reload_trial})
 */
record ChangeSite(
        RunningPlan running,
        RackStrips strips,
        Polling polling,
        SpentSweep sweep,
        Clock clock,
        TrialWatch watch,
        long linksNs,
        long trialNs) {}
