package io.fluxrig.transport.journal.store;

/** A journal cannot be opened or read: the text names the place, what is lost and what the operator can do. */
public final class JournalException extends Exception {
    private static final long serialVersionUID = 1L;

    public JournalException(String what) {
        super(what);
    }

    public JournalException(String what, Throwable cause) {
        super(what + ": " + cause, cause);
    }
}
