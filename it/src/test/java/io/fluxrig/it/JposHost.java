package io.fluxrig.it;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jpos.core.ConfigurationException;
import org.jpos.core.SimpleConfiguration;
import org.jpos.iso.BaseChannel;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.ISOServer;
import org.jpos.iso.ISOSource;
import org.jpos.iso.ServerChannel;

/** An issuer host that is nothing but jPOS: an ISOServer that answers each request as its policy says. */
final class JposHost implements AutoCloseable {
    private final ISOServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger crossed = new AtomicInteger();
    private final Set<ISOSource> lines = new CopyOnWriteArraySet<>();
    private final AtomicReference<ISOMsg> owes = new AtomicReference<>();
    private volatile boolean crossing;

    /** What a host sends for a request: any number of answers, none for silence. */
    interface Policy {
        void answer(ISOMsg request, Function<ISOMsg, Void> send) throws ISOException;
    }

    JposHost(int port, ServerChannel channel, Policy policy) {
        server = new ISOServer(port, channel, null);
        configure(server);
        server.addISORequestListener((source, message) -> {
            requests.incrementAndGet();
            lines.add(source);
            ISOMsg owed = owes.getAndSet(null);
            try {
                if (owed != null) {
                    send(source, approval(owed));
                }
                policy.answer(message, answer -> send(line(source), answer));
            } catch (ISOException e) {
                throw new IllegalStateException(e);
            }
            return true;
        });
        Thread thread = new Thread(server, "jpos-host-" + port);
        thread.setDaemon(true);
        thread.start();
    }

    /** With the next request that comes, over whichever line, this earlier one is approved as well. */
    void answerNext(ISOMsg earlier) {
        owes.set(earlier);
    }

    /** Approves with an authorization code. */
    static void approve(ISOMsg request, Function<ISOMsg, Void> send) throws ISOException {
        send.apply(approval(request));
    }

    static ISOMsg approval(ISOMsg request) throws ISOException {
        ISOMsg answer = (ISOMsg) request.clone();
        answer.setResponseMTI();
        if (!"0810".equals(answer.getMTI())) {
            answer.set(38, "A" + request.getString(11).substring(1));
        }
        answer.set(39, "00");
        return answer;
    }

    /** From now on it answers over another connection than it was asked over, once it was asked over two. */
    void crossLines() {
        crossing = true;
    }

    /** Answers that it gave over another connection. */
    int crossed() {
        return crossed.get();
    }

    private ISOSource line(ISOSource asked) {
        for (ISOSource line : lines) {
            if (crossing && line != asked && line.isConnected()) {
                crossed.incrementAndGet();
                return line;
            }
        }
        return asked;
    }

    int requests() {
        return requests.get();
    }

    void forgetRequests() {
        requests.set(0);
    }

    @Override
    public void close() {
        server.shutdown();
    }

    /** jPOS shuts a server down only if it was given a configuration, be it an empty one. */
    private static void configure(ISOServer server) {
        try {
            server.setConfiguration(new SimpleConfiguration());
        } catch (ConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Void send(ISOSource source, ISOMsg answer) {
        try {
            source.send(answer);
        } catch (IOException | ISOException e) {
            // The rack under test closed the connection: it is part of some tests, and the terminal's side asserts.
            if (source instanceof BaseChannel channel && channel.isConnected()) {
                throw new IllegalStateException(e);
            }
        }
        return null;
    }
}
