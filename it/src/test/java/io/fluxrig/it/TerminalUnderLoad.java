package io.fluxrig.it;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.channel.ASCIIChannel;
import org.jpos.iso.packager.ISO87APackager;

/** A jPOS terminal that sends one purchase after the other, on a thread of its own, until it is told to end. */
final class TerminalUnderLoad {
    private static final String PAN = "4111110000001112";
    private static final int STEP = 50;

    private final int port;
    private final AtomicInteger approved = new AtomicInteger();
    private final AtomicBoolean ending = new AtomicBoolean();
    private CompletableFuture<Integer> refused;

    TerminalUnderLoad(int port) {
        this.port = port;
    }

    /** One purchase after the other over one connection. */
    void begin() {
        refused = CompletableFuture.supplyAsync(this::purchases, task -> new Thread(task, "purchases").start());
    }

    void awaitMore() {
        int before = approved.get();
        Awaitility.await(STEP + " more answers")
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> approved.get() >= before + STEP);
    }

    /** How many were not approved. */
    int end() throws Exception {
        ending.set(true);
        return refused == null ? 0 : refused.get(30, TimeUnit.SECONDS);
    }

    /** Whether one purchase over a connection of its own is approved. */
    boolean approvesOne() throws Exception {
        try (JposTerminal terminal = new JposTerminal(channel(), "PROBE001")) {
            return "00".equals(terminal.exchange(terminal.purchase(PAN)).getString(39));
        }
    }

    private ASCIIChannel channel() throws IOException {
        return new ASCIIChannel("127.0.0.1", port, new ISO87APackager());
    }

    private int purchases() {
        int declined = 0;
        try (JposTerminal terminal = new JposTerminal(channel(), "FLEET001")) {
            while (!ending.get()) {
                ISOMsg answer = terminal.exchange(terminal.purchase(PAN));
                boolean good = "00".equals(answer.getString(39));
                declined += good ? 0 : 1;
                approved.addAndGet(good ? 1 : 0);
            }
        } catch (Exception broken) {
            throw new IllegalStateException("the terminal lost its connection", broken);
        }
        return declined;
    }
}
