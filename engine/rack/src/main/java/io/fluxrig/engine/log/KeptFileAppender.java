package io.fluxrig.engine.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes the log file, and knows whether what it writes to is still what stands at its path: whoever moves the file or its folder
 * away would otherwise look at a log in which nothing happens. One thread writes and checks; any reads the count.
 */
final class KeptFileAppender extends RollingFileAppender<ILoggingEvent> {
    private final LongAdder lost = new LongAdder();
    /** What stood at the path when it was opened last; the same for all files where the file system has no keys. */
    private Object key;

    /** How often the file was found moved or removed. */
    long lost() {
        return lost.sum();
    }

    /**
     * Opens the file again, in a folder made anew if need be, where it is no more at its path.
     *
     * @return what to tell, null if all is well
     */
    String check() {
        try {
            if (key().equals(key)) {
                return null;
            }
        } catch (NoSuchFileException gone) {
            return reopen();
        } catch (IOException unreadable) {
            return "the log file " + getFile() + " cannot be looked at: " + unreadable.getMessage();
        }
        return reopen();
    }

    private String reopen() {
        lost.increment();
        try {
            Path folder = Path.of(getFile()).toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            openFile(getFile());
            return "the log file was moved or removed while it was written; the log goes on in a new " + getFile();
        } catch (IOException refused) {
            return "the log file was moved or removed while it was written, and " + getFile()
                    + " cannot be made again: " + refused.getMessage()
                    + "; the log goes on in what was moved, make the folder";
        }
    }

    @Override
    public void openFile(String fileName) throws IOException {
        super.openFile(fileName);
        remember();
    }

    @Override
    public void rollover() {
        super.rollover();
        remember();
    }

    private void remember() {
        try {
            key = key();
        } catch (IOException gone) {
            key = null; // found by the next check
        }
    }

    private Object key() throws IOException {
        Object now = Files.readAttributes(Path.of(getFile()), BasicFileAttributes.class)
                .fileKey();
        return Objects.requireNonNullElse(now, "");
    }
}
