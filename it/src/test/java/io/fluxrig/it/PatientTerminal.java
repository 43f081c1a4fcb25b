package io.fluxrig.it;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.channel.ASCIIChannel;
import org.jpos.iso.packager.ISO87APackager;

/**
 * A jPOS terminal that has one request after the other answered, on a thread of its own: it asks again where it loses its connection,
 * and an advice until it is taken. Any thread may read what it was told.
 */
final class PatientTerminal {
    private static final String PAN = "4111110000001112";
    private static final String TAKEN = "00";
    private static final long LOST_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int PATIENCE_SECONDS = 30;

    private final int port;
    private final String id;
    private final boolean advises;
    private final int pauseMs;
    private final String padding;
    /** The code of each answer, by STAN. */
    private final Map<String, String> told = new ConcurrentHashMap<>();
    /** How often each code came. */
    private final Map<String, AtomicInteger> codes = new ConcurrentHashMap<>();

    private final AtomicLong longestNs = new AtomicLong();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile boolean ending;
    private CompletableFuture<Void> work;

    /**
     * @param advises whether it sends advices, not purchases
     * @param pauseMs between an answer and the next request
     * @param padding in DE 48, 62 and 63 of each request; none if empty
     */
    PatientTerminal(int port, String id, boolean advises, int pauseMs, String padding) {
        this.port = port;
        this.id = id;
        this.advises = advises;
        this.pauseMs = pauseMs;
        this.padding = padding;
    }

    String id() {
        return id;
    }

    void begin() {
        work = CompletableFuture.runAsync(this::requests, task -> new Thread(task, id).start());
    }

    /** Waits for the answer to what it has asked; fails if any did not come. */
    void end() throws Exception {
        ending = true;
        work.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** What the request of that STAN was told; advices that were taken only. */
    Map<String, String> told() {
        return told;
    }

    /** How often it was told that. */
    int count(String code) {
        AtomicInteger count = codes.get(code);
        return count == null ? 0 : count.get();
    }

    /** How often it was told anything else than that it is approved. */
    int refused() {
        return codes.values().stream().mapToInt(AtomicInteger::get).sum() - count(TAKEN);
    }

    /** The longest that an answer took. */
    long longestMs() {
        return TimeUnit.NANOSECONDS.toMillis(longestNs.get());
    }

    /** Requests whose connection was lost before they were answered. */
    int lost() {
        return lost.get();
    }

    private void requests() {
        JposTerminal numbers = null;
        ISOMsg request = null;
        while (!ending || request != null) {
            try (JposTerminal terminal = new JposTerminal(channel(), id)) {
                numbers = numbers == null ? terminal : numbers;
                while (!ending || request != null) {
                    request = request == null ? next(numbers) : request;
                    request = isSettled(request, exchange(terminal, request)) ? null : request;
                    TimeUnit.MILLISECONDS.sleep(pauseMs);
                }
            } catch (InterruptedIOException silent) {
                throw new IllegalStateException("no answer for " + id, silent);
            } catch (IOException cutOff) {
                lost.incrementAndGet();
                LockSupport.parkNanos(LOST_WAIT_NS);
            } catch (ISOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private ASCIIChannel channel() throws IOException {
        return new ASCIIChannel("127.0.0.1", port, new ISO87APackager());
    }

    private ISOMsg next(JposTerminal numbers) throws ISOException {
        ISOMsg request = numbers.purchase(PAN);
        if (advises) {
            request.setMTI("0220");
        }
        if (!padding.isEmpty()) {
            for (int field : new int[] {48, 62, 63}) {
                request.set(field, padding);
            }
        }
        return request;
    }

    private String exchange(JposTerminal terminal, ISOMsg request) throws IOException, ISOException {
        long sentNs = System.nanoTime();
        ISOMsg answer = terminal.exchange(request);
        long tookNs = System.nanoTime() - sentNs;
        longestNs.accumulateAndGet(tookNs, Math::max);
        if (!request.getString(11).equals(answer.getString(11)) || !id.equals(answer.getString(41))) {
            throw new ISOException(id + " asked " + request.getString(11) + " and was told of " + answer.getString(11));
        }
        return answer.getString(39);
    }

    /** Whether nothing more is to be asked. */
    private boolean isSettled(ISOMsg request, String code) {
        codes.computeIfAbsent(code, first -> new AtomicInteger()).incrementAndGet();
        boolean settled = !advises || TAKEN.equals(code);
        if (settled) {
            told.put(request.getString(11), code);
        }
        return settled;
    }
}
