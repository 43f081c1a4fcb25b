package io.fluxrig.load.net;

/** When the requests of one loop leave. Loop's thread only. */
sealed interface Dispatch permits OpenLoop, ClosedLoop {

    /** Begins to send; the run's clock has begun. */
    void start();

    /** The answers of one read have made room on a connection. */
    void room(LoadConnection connection);

    /** Sends what is due now and there is room for, then nothing more, and counts what that leaves out. */
    void stop();
}
