package io.fluxrig.cli.screen;

/** Requests a second, from one look at a rack to the next different one. */
public final class Pulse {
    private RackFigures before;
    private double tps;

    /** @param now null is passed over */
    public double tps(RackFigures now) {
        if (now == null || now == before) {
            return tps;
        }
        if (before != null && now.uptimeNs() > before.uptimeNs()) {
            tps = (now.requests() - before.requests()) * 1e9 / (now.uptimeNs() - before.uptimeNs());
        }
        before = now;
        return tps;
    }
}
