package io.fluxrig.transport.journal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.journal.JournalRig;
import java.lang.reflect.Proxy;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import net.openhft.posix.PosixAPI;
import net.openhft.posix.PosixRuntimeException;
import net.openhft.posix.internal.noop.NoOpPosixAPI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
    @TempDir
    private Path folder;

    @Test
    void shouldMakeAFileOfThatLength() throws Exception {
        Path file = folder.resolve("new");
        DiskSpace.create(file, 4096);
        assertThat(file).hasSize(4096);
    }

    @Test
    void shouldLeaveAFileAloneThatIsThere() throws Exception {
        Path file = Files.writeString(folder.resolve("there"), "somebody's");
        assertThatThrownBy(() -> DiskSpace.create(file, 4096)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("somebody's");
    }

    /** As where its library is not there and cannot be unpacked: /tmp is noexec, or the root folder read-only. */
    @Test
    void shouldSayNoWhereTheSystemCannotBeAsked() throws Exception {
        Path file = Files.writeString(folder.resolve("there"), "somebody's");

        AtomicBoolean told = new AtomicBoolean();
        assertThat(DiskSpace.allocate(() -> new NoOpPosixAPI(" it is not there"), told, file, 4096))
                .isFalse();
        assertThat(told).isTrue();
        AtomicBoolean toldOfLinking = new AtomicBoolean();
        assertThat(DiskSpace.allocate(
                        () -> {
                            throw new UnsatisfiedLinkError("failed to map segment from shared object");
                        },
                        toldOfLinking,
                        file,
                        4096))
                .isFalse();
        assertThat(toldOfLinking).isTrue();
        assertThat(file).hasContent("somebody's");
    }

    /** It was told as a missing library, and the true case never after it. */
    @Test
    void shouldNotBlameALibraryThatIsThere() throws Exception {
        Path file = Files.writeString(folder.resolve("there"), "somebody's");
        PosixAPI refusing = (PosixAPI) Proxy.newProxyInstance(
                PosixAPI.class.getClassLoader(), new Class<?>[] {PosixAPI.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getpid")) {
                        return 1;
                    }
                    throw new PosixRuntimeException("refused");
                });
        AtomicBoolean told = new AtomicBoolean();
        assertThat(DiskSpace.allocate(() -> refusing, told, file, 4096)).isFalse();
        assertThat(told).isFalse();
    }

    /** As after store.segment_bytes was changed, or after a kill while it was made. */
    @Test
    void shouldTakeAFileOfAnotherSizeForNoSegment() throws Exception {
        JournalSettings settings = JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE);
        Path segments = Files.createDirectories(folder.resolve("segments"));
        Path spare = Files.write(segments.resolve("spare"), new byte[4096]);
        Path draft = Files.write(segments.resolve("spare.new"), new byte[4096]);
        try (SegmentLog log = SegmentLog.open(segments, settings, new VirtualClock())) {
            assertThat(spare).doesNotExist();
            assertThat(draft).doesNotExist();
            assertThat(log.ready()).isTrue();
            assertThat(spare).hasSize(settings.segmentBytes());
        }
        Object whole = Files.getAttribute(spare, "unix:ino");
        SegmentLog.open(segments, settings, new VirtualClock()).close();
        assertThat(Files.getAttribute(spare, "unix:ino")).as("the same").isEqualTo(whole);
    }

    @Test
    void shouldSayWhyThereIsNoSegmentWhereTheDiskIsNotFull() throws Exception {
        JournalSettings settings = JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE);
        Path segments = folder.resolve("segments");
        try (SegmentLog log = SegmentLog.open(segments, settings, new VirtualClock())) {
            Path inTheWay = Files.createSymbolicLink(segments.resolve("spare"), folder.resolve("nowhere"));
            assertThat(log.ready()).isFalse();
            assertThat(log.trouble()).contains("FileAlreadyExistsException");
            Files.delete(inTheWay);
            assertThat(log.ready()).isTrue();
            assertThat(log.trouble()).isEmpty();
        }
    }
}
