package io.fluxrig.cli.screen;

/** Requests a second, from one look at a rack to the next different one; 0 for a rack that has just begun or is silent. */
public final class Pulse {
    private long uptimeNs = -1;
    private long requests;
    private double tps;

    /** @param now null is passed over */
    public double tps(RackFigures now) {
        if (now != null && !now.answering()) {
            return 0;
        }
        if (now == null || now.uptimeNs() == uptimeNs) {
            return tps;
        }
        boolean same = uptimeNs >= 0 && now.uptimeNs() > uptimeNs;
        tps = same ? (now.requests() - requests) * 1e9 / (now.uptimeNs() - uptimeNs) : 0;
        uptimeNs = now.uptimeNs();
        requests = now.requests();
        return tps;
    }
}
