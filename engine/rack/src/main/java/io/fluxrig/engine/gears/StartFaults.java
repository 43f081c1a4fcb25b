package io.fluxrig.engine.gears;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearStartException;

/**
 * What the scenario check could not see of a gear's configuration, gathered while the gear is made and told when it starts.
 * Warnings are logged at once. Strip thread only.
 */
public final class StartFaults implements ConfigFaults {
    private final GearContext context;
    private final StringBuilder faults = new StringBuilder();

    public StartFaults(GearContext context) {
        this.context = context;
    }

    @Override
    public void error(String key, String what, String fix) {
        add(key + ' ' + what + "; " + fix);
    }

    @Override
    public void warning(String key, String what, String fix) {
        context.log().warn("{} {}; {}", key, what, fix);
    }

    /** A fault in one sentence, without the full stop. */
    public void add(String fault) {
        faults.append(fault).append(". ");
    }

    /**
     * Ends the start if there were faults.
     *
     * @param key where in the gear's configuration to look
     */
    public void check(String key) throws GearStartException {
        if (!faults.isEmpty()) {
            throw new GearStartException(context.config().where(key) + ": " + faults);
        }
    }
}
