package io.fluxrig.transport.journal.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * The system does not let a file be opened at present: too many are open, or the disk refuses. Nothing was changed, and the same can be
 * tried again; it is no damage of what the file holds.
 */
public final class NoFileException extends IOException {
    private static final long serialVersionUID = 1L;

    NoFileException(Throwable refused) {
        super(why(refused), refused);
    }

    /** Whether a fault comes of that, and not of what a file holds or that it is gone. */
    static boolean isBehind(Throwable fault) {
        return refusal(fault) != null;
    }

    private static String why(Throwable fault) {
        Throwable refusal = refusal(fault);
        return (refusal == null ? fault : refusal).toString();
    }

    private static Throwable refusal(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            boolean ofAFile = cause instanceof FileSystemException || cause instanceof FileNotFoundException;
            if (ofAFile && !isGone(cause)) {
                return cause;
            }
        }
        return null;
    }

    private static boolean isGone(Throwable cause) {
        return cause instanceof NoSuchFileException
                || String.valueOf(cause.getMessage()).contains("(No such file");
    }
}
