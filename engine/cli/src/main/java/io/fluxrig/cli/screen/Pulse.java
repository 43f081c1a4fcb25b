package io.fluxrig.cli.screen;

/** Requests a second, from one look at a rack to the next different one. */
public final class Pulse {
    private long uptimeNs = -1;
    private long requests;
    private double tps;

    /** @param now null is passed over */
    public double tps(RackFigures now) {
        if (now == null || now.uptimeNs() == uptimeNs) {
            return tps;
        }
        if (uptimeNs >= 0 && now.uptimeNs() > uptimeNs) {
            tps = (now.requests() - requests) * 1e9 / (now.uptimeNs() - uptimeNs);
        }
        uptimeNs = now.uptimeNs();
        requests = now.requests();
        return tps;
    }
}
