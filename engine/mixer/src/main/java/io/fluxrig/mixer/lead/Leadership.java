package io.fluxrig.mixer.lead;

import java.util.function.BooleanSupplier;

/** Whether this mixer leads, and who else does. Any thread. */
public final class Leadership {
    private static final Term NONE = new Term(0, () -> false);
    private static final Leader NOBODY = new Leader("", "");

    private volatile Term term = NONE;
    private volatile Leader leader = NOBODY;

    /** @param who machine and process, for people; empty for nobody */
    private record Leader(String url, String who) {}

    private record Term(long epoch, BooleanSupplier holds) {}

    /** Whether this mixer may decide now. */
    public boolean leads() {
        return term.holds().getAsBoolean();
    }

    /** In which this mixer leads, or led last; 0 if it never did. */
    public long epoch() {
        return term.epoch();
    }

    /** Where the API of the mixer that leads is; empty if nobody is known to, this one does, or others cannot reach it. */
    public String leaderUrl() {
        return leads() ? "" : leader.url();
    }

    /** Machine and process of the mixer that leads, for people; empty if nobody is known to, or this one does. */
    public String leader() {
        return leads() ? "" : leader.who();
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

    /**
     * Another one leads.
     *
     * @param url of its API, empty if that cannot be reached from here
     * @param who its machine and process
     */
    public void follows(String url, String who) {
        leader = new Leader(url, who);
    }

    /** Nobody is known to lead. */
    public void followsNobody() {
        leader = NOBODY;
    }
}
