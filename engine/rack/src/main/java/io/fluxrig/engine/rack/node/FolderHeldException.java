package io.fluxrig.engine.rack.node;

/** Another process holds the data folder; the message says which, and what to do. */
final class FolderHeldException extends Exception {
    private static final long serialVersionUID = 1L;

    FolderHeldException(String message) {
        super(message);
    }
}
