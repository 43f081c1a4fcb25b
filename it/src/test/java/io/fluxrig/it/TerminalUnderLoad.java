package io.fluxrig.it;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.channel.ASCIIChannel;
import org.jpos.iso.packager.ISO87APackager;

/** A jPOS terminal that sends one purchase after the other, on a thread of its own, until it is told to end. */
final class TerminalUnderLoad {
    private static final String PAN = "4111110000001112";
    private static final int STEP = 50;
    private static final long LOST_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final String host;
    private final int port;
    private final String pan;
    private final int pauseMs;
    private final String terminalId;
    private final AtomicInteger approved = new AtomicInteger();
    private final AtomicInteger declined = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    /** {@link System#nanoTime} of each approval, in order; guarded by itself. */
    private final List<Long> approvedNs = new ArrayList<>();

    private final AtomicBoolean ending = new AtomicBoolean();
    private CompletableFuture<Integer> refused;

    TerminalUnderLoad(int port) {
        this("127.0.0.1", port, PAN, 0, "FLEET001");
    }

    /** @param pauseMs between an answer and the next purchase */
    TerminalUnderLoad(String host, int port, String pan, int pauseMs, String terminalId) {
        this.terminalId = terminalId;
        this.host = host;
        this.port = port;
        this.pan = pan;
        this.pauseMs = pauseMs;
    }

    /** Until one is approved: a rack that has just taken a scenario declines as long as its host has no link to the other side. */
    void awaitFirst() {
        Awaitility.await("a first approval")
                .atMost(30, TimeUnit.SECONDS)
                .ignoreExceptions()
                .until(this::approvesOne);
    }

    /** One purchase after the other over one connection. */
    void begin() {
        begin(false);
    }

    /** The same, but over another connection once it has lost one. */
    void beginPersistently() {
        begin(true);
    }

    private void begin(boolean persistent) {
        refused = CompletableFuture.supplyAsync(
                () -> purchases(persistent), task -> new Thread(task, "purchases").start());
    }

    void awaitMore() {
        int before = approved.get();
        Awaitility.await(STEP + " more answers")
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> approved.get() >= before + STEP);
    }

    /** How many were approved so far. */
    int approved() {
        return approved.get();
    }

    /** How many were declined so far. */
    int declined() {
        return declined.get();
    }

    /** How many connections it has lost. */
    int lost() {
        return lost.get();
    }

    /** How many purchases were under way as their connection was lost: they are neither approved nor declined. */
    int unanswered() {
        return unanswered.get();
    }

    /** The longest time without an approval from then until now. */
    long longestPauseMs(long fromNs) {
        long longest = 0;
        long before = fromNs;
        synchronized (approvedNs) {
            for (long at : approvedNs) {
                if (at - fromNs > 0) {
                    longest = Math.max(longest, at - before);
                    before = at;
                }
            }
        }
        return TimeUnit.NANOSECONDS.toMillis(Math.max(longest, System.nanoTime() - before));
    }

    /** How long after that the first approval came; negative if none has. */
    long firstAfterMs(long fromNs) {
        synchronized (approvedNs) {
            return approvedNs.stream()
                    .filter(at -> at - fromNs > 0)
                    .mapToLong(at -> TimeUnit.NANOSECONDS.toMillis(at - fromNs))
                    .findFirst()
                    .orElse(-1);
        }
    }

    /** How many were not approved. */
    int end() throws Exception {
        ending.set(true);
        return refused == null ? 0 : refused.get(30, TimeUnit.SECONDS);
    }

    /** Whether one purchase over a connection of its own is approved. */
    boolean approvesOne() throws Exception {
        try (JposTerminal terminal = new JposTerminal(channel(), "PROBE001")) {
            return "00".equals(terminal.exchange(terminal.purchase(pan)).getString(39));
        }
    }

    private ASCIIChannel channel() throws IOException {
        return new ASCIIChannel(host, port, new ISO87APackager());
    }

    private int purchases(boolean persistent) {
        JposTerminal numbers = null;
        while (!ending.get()) {
            boolean up = false;
            try (JposTerminal terminal = new JposTerminal(channel(), terminalId)) {
                up = true;
                numbers = numbers == null ? terminal : numbers; // so that none is used twice
                purchases(terminal, numbers);
            } catch (InterruptedIOException silent) {
                throw new IllegalStateException("the terminal had no answer", silent);
            } catch (IOException cutOff) {
                if (!persistent) {
                    throw new IllegalStateException("the terminal lost its connection", cutOff);
                }
                lost.addAndGet(up ? 1 : 0);
                LockSupport.parkNanos(LOST_WAIT_NS);
            } catch (ISOException | InterruptedException broken) {
                throw new IllegalStateException(broken);
            }
        }
        return declined.get();
    }

    private void purchases(JposTerminal terminal, JposTerminal numbers)
            throws IOException, ISOException, InterruptedException {
        while (!ending.get()) {
            if (isApproved(terminal, numbers.purchase(pan))) {
                approved.incrementAndGet();
                synchronized (approvedNs) {
                    approvedNs.add(System.nanoTime());
                }
            } else {
                declined.incrementAndGet();
            }
            TimeUnit.MILLISECONDS.sleep(pauseMs);
        }
    }

    private boolean isApproved(JposTerminal terminal, ISOMsg purchase) throws IOException, ISOException {
        ISOMsg answer;
        try {
            answer = terminal.exchange(purchase);
        } catch (IOException cutOff) {
            unanswered.incrementAndGet();
            throw cutOff;
        }
        return "00".equals(answer.getString(39));
    }
}
