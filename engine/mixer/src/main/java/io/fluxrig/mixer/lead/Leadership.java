package io.fluxrig.mixer.lead;

import java.util.function.BooleanSupplier;

/** Whether this mixer leads, and who else does. Any thread. */
public final class Leadership {
    private static final Term NONE = new Term(0, () -> false);

    private volatile Term term = NONE;
    private volatile String leaderUrl = "";

    private record Term(long epoch, BooleanSupplier holds) {}

    /** Whether this mixer may decide now. */
    public boolean leads() {
        return term.holds().getAsBoolean();
    }

    /** In which this mixer leads, or led last; 0 if it never did. */
    public long epoch() {
        return term.epoch();
    }

    /** Where the API of the mixer that leads is; empty if nobody is known to, or this one does. */
    public String leaderUrl() {
        return leads() ? "" : leaderUrl;
    }

    /**
     * This mixer leads from now on.
     *
     * @param holds for as long as it says so
     */
    public void begin(long epoch, BooleanSupplier holds) {
        term = new Term(epoch, holds);
    }

    /** This mixer leads no more. */
    void end() {
        term = new Term(term.epoch(), () -> false);
    }

    /** Another one leads; empty for nobody. */
    public void follows(String url) {
        leaderUrl = url;
    }
}
