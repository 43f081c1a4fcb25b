package io.fluxrig.mixer.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/**
 * The mixer's memory. Every change is kept when the call returns, and none is made where another mixer has begun to lead since
 * {@link #lead}. What is written down of a change goes into the audit log with it, or neither is kept. Lists come in pages: those after a
 * key, at most {@code limit}.
 *
 * <p>Threading: one thread at a time; calls touch the disk. Throws {@link RegistryException} where the store fails.
 */
public interface Registry extends AutoCloseable {
    /** Racks that are asked for at a time where all are. */
    int PAGE = 1_000;

    /** Whether the store did what it was asked for last; any thread. */
    boolean isUp();

    /**
     * Whether a change has failed, and no other one was made since: it may be made yet, and what is read is not sure before the next one. Any
     * thread.
     */
    boolean isUnsettled();

    /**
     * Whose racks these are: the authority given, if there was none, or the one given first.
     *
     * @param authority public key of mixers, as text
     */
    String claim(String authority);

    /**
     * A mixer leads from now on, in an epoch above all before and no less than the time. What it changes through this registry is
     * refused from the moment on at which another one begins to lead.
     *
     * @param held whether this mixer may begin; asked once the last epoch is known, and nothing is written where another one has begun
     *     since: a mixer that stood still in between deposes nobody
     * @return the epoch
     * @throws RegistryException if it may not, or the store fails
     */
    long lead(String who, long atMs, BooleanSupplier held);

    /**
     * Whether this mixer leads still, as far as the database knows; asks it.
     *
     * @throws RegistryException if it does not, or the database is away
     */
    void check();

    /** Puts what was changed where it is safest, if that is due; asked now and then. */
    void tidy();

    /**
     * Asks the database for something, whoever leads.
     *
     * @throws RegistryException if it does not answer
     */
    void reach();

    /** Racks by name. */
    List<RackEntry> racks(String afterName, int limit);

    /** All racks by name, however many. */
    default List<RackEntry> allRacks() {
        List<RackEntry> all = new ArrayList<>();
        List<RackEntry> page;
        do {
            page = racks(all.isEmpty() ? "" : all.get(all.size() - 1).name(), PAGE);
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }

    /** Null if there is none of that name. */
    RackEntry rack(String name);

    /** Name of the rack that logs in to NATS with that public key, null if none does. */
    String loginOwner(byte[] login);

    /** Adds a rack, or replaces the one of that name. */
    void put(RackEntry rack);

    /** As {@link #put(RackEntry)}, with a line that says so. */
    void put(RackEntry rack, AuditEntry by);

    /** As {@link #put(RackEntry, AuditEntry)}, of a rack that was approved: its key is not revoked any more. */
    void admit(RackEntry rack, AuditEntry by);

    /** Forgets a rack, with a line that says so; what it was to run is superseded, its key revoked. */
    void removeRack(RackEntry rack, AuditEntry by);

    /** Whether the rack that has that key was removed, and not approved since. */
    boolean isRevoked(byte[] key);

    /** How many racks have that standing. */
    long racksOf(String standing);

    /** A number that no passport had before. */
    long nextSerial();

    /**
     * Versions of all scenarios, or of one, by name and then the time they were added.
     *
     * @param name empty for all
     * @param after the one before them; null to begin
     */
    List<ScenarioEntry> scenarios(String name, ScenarioEntry after, int limit);

    /** Null if there is none. */
    ScenarioEntry scenario(String name, String version);

    /** Adds a version, with a line that says so. */
    void add(ScenarioEntry scenario, AuditEntry by);

    /**
     * Adds what racks are to run, all under one new id, which it returns: the highest yet, and no less than the time; what they waited for
     * or tried before is superseded.
     *
     * @param by the line that says so, for the id; may be asked more than once
     */
    long activate(ScenarioEntry scenario, List<String> racks, boolean restart, long atMs, LongFunction<AuditEntry> by);

    /** What a rack is to run; null for nothing. */
    ActivationEntry wanted(String rack);

    /** What each of some racks is to run, by rack, by few questions; those that are to run nothing are left out. */
    Map<String, ActivationEntry> wanted(Collection<String> racks);

    /**
     * Reads all racks and what they are to run by a few questions, where this mixer leads: what is asked of each next is at hand. Does nothing
     * where it does not.
     */
    void readAhead();

    /** What came of an activation on a rack. */
    void ended(ActivationEntry activation);

    /** Activations of a rack, the latest first. */
    List<ActivationEntry> activations(String rack, long beforeId, int limit);

    /**
     * What a rack may be running that has not said yet that it runs an activation: the last one before that that ran well, however long ago, and
     * those since that the rack may have run, one for each bundle; the latest first.
     *
     * @param max of those since, at most
     */
    List<ActivationEntry> mayRun(String rack, long beforeId, int max);

    /**
     * Of each of some racks, by few questions, and of what it was to run before what it is to run: the last that ran well of the same bundle, the
     * last that did of another one, the last that did of another bundle than the last of all that did, and the last that did not come to nothing;
     * the latest first.
     */
    List<ActivationEntry> before(Collection<String> racks);

    /** The last activation of each version on each rack of which it is known that it ran well or went back, where it went back by itself. */
    List<ActivationEntry> wentBack();

    /**
     * Activations, the latest first, those of one id by their racks.
     *
     * @param id those of it that have racks behind {@code afterRack}, then those with smaller ones
     */
    List<ActivationEntry> activationsFrom(long id, String afterRack, int limit);

    /**
     * Makes changes with others, all or none: of this registry, and of what lies in its database beside. They may be run again where others
     * changed the same at the same time.
     *
     * @param changes nothing is kept where they throw
     */
    void together(Runnable changes);

    /** Whether there is such a line. */
    boolean isAudited(String action, String subject, String detail);

    /** The last lines of two actions about something, the latest first. */
    List<AuditEntry> lastAudited(String action, String other, String subject, int limit);

    /** Writes down a change. */
    void audit(String who, String action, String subject, String detail, long atMs);

    /** Changes, the latest first. */
    List<AuditEntry> audit(long beforeId, int limit);

    /** Secrets, sealed. */
    SecretEntries secrets();

    @Override
    void close();
}
