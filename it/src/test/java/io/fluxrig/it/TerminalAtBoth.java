package io.fluxrig.it;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.channel.ASCIIChannel;
import org.jpos.iso.packager.ISO87APackager;

/**
 * A jPOS terminal that gives each purchase to two racks, right after each other and to either one first in turn, on a thread of its own.
 * Where both are cut off it gives it to them again; where neither approves, as often as it was told. Any thread may read what came of it.
 */
final class TerminalAtBoth implements AutoCloseable {
    private static final String APPROVED = "00";
    private static final int CUT_OFF_PAUSE_MS = 50;
    private static final int END_SECONDS = 60;

    private final String id;
    private final String pan;
    private final int[] ports;
    private final JposTerminal[] lines = new JposTerminal[2];
    private final int pauseMs;
    private final int offers;
    private final Set<String> declines;
    private final AtomicInteger approved = new AtomicInteger();
    private final AtomicInteger declined = new AtomicInteger();
    private final AtomicInteger givenUp = new AtomicInteger();
    private final AtomicLong longestNs = new AtomicLong();
    private volatile boolean ending;
    private volatile boolean abandoned;
    private CompletableFuture<Void> work;

    /**
     * @param ports of the two racks
     * @param pauseMs after what became of a purchase that was given to both
     * @param offers how often one that neither approves is given to both, 1 or more
     * @param declines codes that it takes for an answer beside an approval
     */
    TerminalAtBoth(String id, String pan, int[] ports, int pauseMs, int offers, Set<String> declines) {
        this.id = id;
        this.pan = pan;
        this.ports = ports.clone();
        this.pauseMs = pauseMs;
        this.offers = offers;
        this.declines = declines;
    }

    void begin() {
        work = CompletableFuture.runAsync(this::purchases, task -> new Thread(task, id).start());
    }

    /** Waits for what becomes of the last purchase; fails if any was told anything but that it is approved or declined. */
    void end() throws Exception {
        ending = true;
        work.get(END_SECONDS, TimeUnit.SECONDS);
    }

    /** Has it end soon, whatever has become of its purchase. */
    @Override
    public void close() {
        ending = true;
        abandoned = true;
    }

    /** Purchases that a rack has approved; throws where the terminal was told what it takes for no answer. */
    int approved() {
        if (work.isCompletedExceptionally()) {
            work.join();
        }
        return approved.get();
    }

    /** How often both racks declined a purchase. */
    int declined() {
        return declined.get();
    }

    /** Purchases that were never approved. */
    int givenUp() {
        return givenUp.get();
    }

    /** The longest that a purchase took since this was asked last, from when it was given first to its approval or last decline. */
    long longestMs() {
        return TimeUnit.NANOSECONDS.toMillis(longestNs.getAndSet(0));
    }

    private void purchases() {
        try (JposTerminal numbers = connected(0)) {
            while (!ending) {
                settle(numbers.purchase(pan));
            }
        } catch (IOException | ISOException | InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            hangUp(0);
            hangUp(1);
        }
    }

    private void settle(ISOMsg request) throws ISOException, InterruptedException {
        int first = Integer.parseInt(request.getString(11)) % 2;
        long firstNs = System.nanoTime();
        boolean settled = false;
        for (int offer = 0; !settled && !abandoned; ) {
            List<String> codes = onBoth(request, first);
            settled = codes.contains(APPROVED);
            if (settled) {
                approved.incrementAndGet();
            } else if (!codes.isEmpty()) {
                declined.incrementAndGet();
                offer++;
                if (offer == offers) {
                    givenUp.incrementAndGet();
                    settled = true;
                }
            }
            longestNs.accumulateAndGet(System.nanoTime() - firstNs, Math::max);
            TimeUnit.MILLISECONDS.sleep(pauseMs);
        }
    }

    /** What the racks say that are there. */
    private List<String> onBoth(ISOMsg request, int first) throws ISOException, InterruptedException {
        boolean[] sent = new boolean[lines.length];
        sent[first] = isSent(request, first);
        sent[1 - first] = isSent(request, 1 - first);
        List<String> codes = new ArrayList<>();
        for (int rack : new int[] {first, 1 - first}) {
            ISOMsg answer = sent[rack] ? received(rack) : null;
            if (answer != null) {
                codes.add(code(request, answer));
            }
        }
        return codes;
    }

    private String code(ISOMsg request, ISOMsg answer) throws ISOException {
        String code = answer.getString(39);
        if (!request.getString(11).equals(answer.getString(11)) || !APPROVED.equals(code) && !declines.contains(code)) {
            throw new ISOException(
                    id + " asked " + request.getString(11) + " and was told " + code + " of " + answer.getString(11));
        }
        return code;
    }

    private boolean isSent(ISOMsg request, int rack) throws InterruptedException {
        try {
            if (lines[rack] == null) {
                lines[rack] = connected(rack);
            }
            lines[rack].send(request);
            return true;
        } catch (IOException | ISOException notThere) {
            cutOff(rack);
            return false;
        }
    }

    /** Null where the connection is lost. */
    private ISOMsg received(int rack) throws InterruptedException {
        try {
            return lines[rack].receive();
        } catch (InterruptedIOException silent) {
            throw new IllegalStateException("no answer for " + id, silent);
        } catch (IOException | ISOException lost) {
            cutOff(rack);
            return null;
        }
    }

    private void cutOff(int rack) throws InterruptedException {
        hangUp(rack);
        TimeUnit.MILLISECONDS.sleep(CUT_OFF_PAUSE_MS);
    }

    private void hangUp(int rack) {
        JposTerminal line = lines[rack];
        lines[rack] = null;
        try {
            if (line != null) {
                line.close();
            }
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private JposTerminal connected(int rack) throws IOException {
        return new JposTerminal(new ASCIIChannel("127.0.0.1", ports[rack], new ISO87APackager()), id);
    }
}
