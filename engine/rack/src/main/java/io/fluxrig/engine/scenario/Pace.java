package io.fluxrig.engine.scenario;

/** How a scenario is read: asked again and again, after a fraction of a millisecond as a rule. */
@FunctionalInterface
public interface Pace {
    /** As fast as it goes. */
    Pace FULL = () -> {};

    /** May rest a while. */
    void breathe();
}
