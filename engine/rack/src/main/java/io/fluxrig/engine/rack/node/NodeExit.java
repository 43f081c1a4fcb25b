package io.fluxrig.engine.rack.node;

/** Exit codes of a node's process. */
public final class NodeExit {
    /** After a complete run. */
    public static final int DONE = 0;

    /** If something did not start or the drain left something behind. */
    public static final int FAILED = 1;

    /** If a file is wrong ({@code EX_CONFIG}). */
    public static final int BAD_CONFIG = 78;

    private NodeExit() {}
}
