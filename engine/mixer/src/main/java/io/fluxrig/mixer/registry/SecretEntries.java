package io.fluxrig.mixer.registry;

import java.util.List;

/** Secrets and the keys that they are sealed with, in the registry; nothing there can be read without a key keeper. As {@link Registry}. */
public interface SecretEntries {

    /** All data keys, by their ids. */
    List<DataKeyEntry> dataKeys();

    /** Adds a data key; its id is new. */
    void add(DataKeyEntry key);

    /**
     * Replaces data keys by what they are wrapped as now, all or none.
     *
     * @param by goes into the audit log with them, or not at all; its id is given there
     */
    void replace(List<DataKeyEntry> keys, AuditEntry by);

    /** All versions of a secret, by their numbers; empty if there is none. */
    List<SecretEntry> versions(String name);

    /**
     * Reads several secrets at once, where this mixer leads: what {@link #versions} is asked next is at hand, also that there are none. Does
     * nothing where it does not lead.
     */
    void readAhead(List<String> names);

    /** Has a secret read anew when it is asked for next. */
    void forget(String name);

    /**
     * Rises whenever all that was read is forgotten: what somebody made of it may not be so any more, as where a change was made after its
     * answer was given up.
     */
    long forgotten();

    /** Makes changes, all or none; as {@link Registry#together}. */
    void together(Runnable changes);

    /** Adds a version; its number is new. */
    void add(SecretEntry secret);

    /**
     * Adds a version that somebody asked for.
     *
     * @param by goes into the audit log with it, or not at all; its id is given there
     */
    void add(SecretEntry secret, AuditEntry by);

    /** The last version of each secret, by name, without what is sealed. */
    List<SecretEntry> last(String afterName, int limit);
}
