package io.fluxrig.engine.simulation;

import io.fluxrig.iso.codec.IsoMessage;
import java.nio.charset.StandardCharsets;

/**
 * A simulated terminal: asks, asks again, leaves and comes back over another link, uses a STAN twice, and now and then sends
 * what is no request at all.
 */
final class Terminal implements SimLink.Peer {
    private static final String GEAR = "terminals";
    private static final int[] TYPES = {100, 100, 100, 120, 200, 220, 400, 420};
    private static final String MERCHANT = "MERCHANT0000001";

    private final World world;
    private final SimNet net;
    private final Ledger ledger;
    private final Dialect dialect;
    private final int gearOrdinal;
    private final int strips;
    private final String name;
    private final Numbers numbers;
    private SimLink link;
    private Request last;
    private boolean stopped;

    /** Numbers that no two requests of a run share. */
    static final class Numbers {
        private int next;

        int next() {
            return ++next;
        }
    }

    Terminal(
            World world,
            SimNet net,
            Ledger ledger,
            Dialect dialect,
            int gearOrdinal,
            int strips,
            int index,
            Numbers numbers) {
        this.world = world;
        this.net = net;
        this.ledger = ledger;
        this.dialect = dialect;
        this.gearOrdinal = gearOrdinal;
        this.strips = strips;
        this.name = "TERM" + digits(index, 4);
        this.numbers = numbers;
    }

    void begin() {
        connect();
        world.after(world.between(1, 60), this::step);
    }

    /** No new requests from now on. */
    void stop() {
        stopped = true;
    }

    SimLink link() {
        return link;
    }

    @Override
    public void onBytes(SimLink over, byte[] bytes, long sentNs) {
        ledger.told(over, dialect.read(bytes), sentNs, world.standstillNs());
    }

    @Override
    public void onClosed(SimLink closed) {
        world.after(world.between(1, 50), this::connect);
    }

    private void connect() {
        if (link != null && link.up) {
            return;
        }
        int strip = world.random.nextInt(strips);
        link = net.open(GEAR, gearOrdinal, strip, this);
    }

    private void step() {
        if (stopped) {
            return;
        }
        world.after(world.between(1, 90), this::step);
        if (!link.up) {
            return;
        }
        int what = world.random.nextInt(100);
        if (what < 62) {
            int burst = world.chance(8) ? 12 : 1;
            for (int i = 0; i < burst; i++) {
                ask(newRequest(null));
            }
        } else if (what < 80) {
            again();
        } else if (what < 86) {
            twin();
        } else if (what < 89) {
            leave();
        } else if (what < 94) {
            withoutKey();
        } else if (what < 97) {
            send(world.noise(24));
        } else {
            sendAnswer();
        }
    }

    private void again() {
        if (last != null) {
            send(last, true);
        }
    }

    /** Another request under the STAN of the last one: its advice, or one that differs as little as may be. */
    private void twin() {
        if (last == null) {
            return;
        }
        if (world.chance(40)) {
            ask(newRequest(last));
            return;
        }
        int mti = world.chance(75) ? otherOf(last.mti) : last.mti;
        String rrn = digits(numbers.next(), 12);
        ask(new Request(mti, rrn, last.stan, name, last.pan, last.amount, last));
    }

    /** The advice of a request, and the other way round. */
    private static int otherOf(int mti) {
        return mti / 10 % 10 == 0 ? mti + 20 : mti - 20;
    }

    /** Drops the line and asks again over another. */
    private void leave() {
        world.close(link);
        world.after(world.between(1, 300), () -> {
            connect();
            if (last != null && !stopped) {
                send(last, true);
            }
        });
    }

    private void ask(Request request) {
        last = request;
        send(request, false);
    }

    private Request newRequest(Request twin) {
        int number = numbers.next();
        String pan = pan(number);
        String stan = twin == null ? digits(number % 1_000_000, 6) : twin.stan;
        int mti = TYPES[world.random.nextInt(TYPES.length)];
        return new Request(mti, digits(number, 12), stan, name, pan, digits(100 + number, 12), twin);
    }

    private String pan(int number) {
        String[] bins = {"400000", "411111", "450000", "520000", "555555", "600000", "700000"};
        int[] weights = {20, 40, 55, 75, 90, 96, 100};
        int what = world.random.nextInt(100);
        int bin = 0;
        while (what >= weights[bin]) {
            bin++;
        }
        return bins[bin] + digits(number, 10);
    }

    private void send(Request request, boolean repeat) {
        if (!link.up) {
            return;
        }
        IsoMessage message = fields(request);
        message.setMti(request.mti + (repeat ? 1 : 0));
        ledger.sent(request, link, world.nowNs(), world.standstillNs());
        send(dialect.write(message));
    }

    private IsoMessage fields(Request request) {
        IsoMessage message = dialect.blank();
        message.setMti(request.mti);
        message.setAscii(2, request.pan);
        message.setAscii(3, "000000");
        message.setAscii(4, request.amount);
        message.setAscii(7, "1123104500");
        message.setAscii(11, request.stan);
        message.setAscii(37, request.rrn);
        message.setAscii(41, request.terminal);
        message.setAscii(42, MERCHANT);
        message.setAscii(49, "978");
        message.setAscii(Ledger.PARKED, "P" + request.rrn);
        return message;
    }

    private void withoutKey() {
        Request request = newRequest(null);
        IsoMessage message = fields(request);
        message.unset(11);
        ledger.sent(request, link, world.nowNs(), world.standstillNs());
        send(dialect.write(message));
    }

    /** What only issuers send; nobody answers it. */
    private void sendAnswer() {
        IsoMessage message = fields(newRequest(null));
        message.setMti(message.mti() + 10);
        message.setAscii(39, "00");
        send(dialect.write(message));
    }

    private void send(byte[] bytes) {
        SimLink over = link;
        world.after(world.between(0, 3), () -> world.deliver(over, bytes));
    }

    static String digits(int number, int length) {
        byte[] text = new byte[length];
        int rest = number;
        for (int i = length - 1; i >= 0; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return new String(text, StandardCharsets.US_ASCII);
    }
}
