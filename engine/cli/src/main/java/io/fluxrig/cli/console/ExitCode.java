package io.fluxrig.cli.console;

/** What the process tells its caller. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = 0;
    /** Failed, or done with a result that is not good. */
    public static final int FAILED = 1;
    /** The command line itself is wrong. */
    public static final int USAGE = 2;
    /** A configuration file is wrong; {@code EX_CONFIG} of sysexits.h. */
    public static final int CONFIG = 78;

    private ExitCode() {}
}
