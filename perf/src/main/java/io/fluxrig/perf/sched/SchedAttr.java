package io.fluxrig.perf.sched;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.util.Map;

/**
 * The scheduling attributes of a thread, read from Linux and written back; what is not set here stays as it was. Each call blocks for a
 * system call or two. One thread at a time.
 *
 * <pre>
 * struct sched_attr        offset
 *   u32 size                  0     48
 *   u32 policy                4     0: the ordinary one
 *   u64 flags                 8
 *   s32 nice                 16     -20 to 19; the higher, the less it gets of a core that others want, too
 *   u32 priority             20
 *   u64 runtime              24     ordinary policy: the slice in nanoseconds, since Linux 6.12
 *   u64 deadline, u64 period 32, 40
 * </pre>
 */
final class SchedAttr {
    /** As a thread's number: whoever calls. */
    static final int CALLER = 0;

    private static final int ORDINARY = 0;
    private static final int BYTES = 48;
    private static final int POLICY_AT = 4;
    private static final int NICE_AT = 16;
    private static final int RUNTIME_AT = 24;

    /** The numbers of {@code sched_setattr}; that of {@code sched_getattr} is the next. By JNA's name of the processor. */
    private static final Map<String, Integer> SET = Map.of("x86-64", 314, "aarch64", 274);

    /** {@code PRIO_PROCESS}, which on Linux is a thread. */
    private static final int THREAD = 0;

    private final Function syscall;
    private final Function setPriority;
    private final int set;
    private final Memory attr;

    private SchedAttr(int set) {
        this.set = set;
        NativeLibrary libc = NativeLibrary.getInstance(null);
        this.syscall = libc.getFunction("syscall");
        this.setPriority = libc.getFunction("setpriority");
        this.attr = new Memory(BYTES);
    }

    /**
     * The way to the kernel. Loads a native library the first time.
     *
     * @throws IOException if there is none on this system; the text is for a log
     */
    static SchedAttr open() throws IOException {
        try {
            Integer set = Platform.isLinux() ? SET.get(Platform.ARCH) : null;
            if (set == null) {
                throw new IOException("only known for Linux on " + SET.keySet() + ", this is "
                        + System.getProperty("os.name") + " on " + Platform.ARCH);
            }
            return new SchedAttr(set);
        } catch (RuntimeException | Error missing) { // JNA has a plain Error where its library is another version's
            throw new IOException("JNA's native library cannot be used: " + missing.getMessage(), missing);
        }
    }

    /**
     * Has the thread run in slices of that length, if its policy is the ordinary one.
     *
     * @param thread by the system's number
     * @param sliceNs from 100,000 to 100,000,000; the kernel takes the nearest of these for another
     * @return whether the kernel took it: an older one knows no slices, and another policy has none
     * @throws IOException if the kernel refuses
     */
    boolean slice(int thread, long sliceNs) throws IOException {
        read(thread);
        if (attr.getInt(POLICY_AT) != ORDINARY) {
            return false;
        }
        attr.setLong(RUNTIME_AT, sliceNs);
        call(set, thread, attr, 0);
        return sliceNs(thread) == sliceNs;
    }

    /** The slice of a thread in nanoseconds; 0 where the kernel knows none. */
    long sliceNs(int thread) throws IOException {
        read(thread);
        return attr.getLong(RUNTIME_AT);
    }

    /** From -20 to 19. */
    int nice(int thread) throws IOException {
        read(thread);
        return attr.getInt(NICE_AT);
    }

    /**
     * Has the thread leave the cores to others more, or less.
     *
     * @param nice from -20 to 19
     * @throws IOException if the kernel refuses, as it does a smaller one to who is not root and has no {@code RLIMIT_NICE}
     */
    void nice(int thread, int nice) throws IOException {
        check(setPriority.invokeInt(new Object[] {THREAD, thread, nice}));
    }

    private void read(int thread) throws IOException {
        attr.clear();
        call(set + 1, thread, attr, BYTES, 0);
    }

    private void call(Object... numberAndArguments) throws IOException {
        check(syscall.invokeInt(numberAndArguments));
    }

    private static void check(int result) throws IOException {
        if (result < 0) {
            throw new IOException("the kernel refuses it, errno " + Native.getLastError());
        }
    }
}
