package io.fluxrig.bench.peer;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jpos.q2.iso.QMUX;

/**
 * A QMUX whose time-outs go when the answer comes. As it is, each keeps its request until the time-out would have fired: at
 * 20,000 a second and 10 seconds that is 200,000 requests for the collector to carry about, and CPU goes up by a twentieth.
 */
public final class PromptMux extends QMUX {
    @Override
    protected synchronized ScheduledThreadPoolExecutor getScheduledThreadPoolExecutor() {
        ScheduledThreadPoolExecutor executor = super.getScheduledThreadPoolExecutor();
        if (!executor.getRemoveOnCancelPolicy()) {
            executor.setRemoveOnCancelPolicy(true);
        }
        return executor;
    }
}
