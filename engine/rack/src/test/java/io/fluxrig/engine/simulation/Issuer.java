package io.fluxrig.engine.simulation;

import io.fluxrig.iso.codec.IsoMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * A simulated issuer behind one client gear, or one line of a host that has two: prompt, slow, silent, gone, answering twice, late, as somebody else, or in noise.
 * Its mood changes as the seed likes.
 */
final class Issuer implements SimLink.Peer {
    /** How it behaves for a while. */
    enum Mood {
        PROMPT,
        SLOW,
        SILENT,
        TWICE,
        IMPOSTOR,
        NOISY
    }

    private final World world;
    private final SimNet net;
    private final Ledger ledger;
    private final Dialect dialect;
    private final String gear;
    private final int gearOrdinal;
    private final int strips;
    private final int linkCount;
    private final List<SimLink> links = new ArrayList<>();
    /** What leads to the same host, this one among it: an answer takes any of their lines. */
    private List<Issuer> host = List.of(this);

    private final Terminal.Numbers numbers;
    private Mood mood = Mood.PROMPT;
    private boolean halfOpen;

    Issuer(
            World world,
            SimNet net,
            Ledger ledger,
            Dialect dialect,
            String gear,
            int gearOrdinal,
            int strips,
            Terminal.Numbers numbers) {
        this.world = world;
        this.net = net;
        this.ledger = ledger;
        this.dialect = dialect;
        this.gear = gear;
        this.gearOrdinal = gearOrdinal;
        this.strips = strips;
        this.linkCount = 1 + world.random.nextInt(3);
        this.numbers = numbers;
    }

    void sameHostAs(Issuer other) {
        host = List.of(this, other);
        other.host = host;
    }

    void begin() {
        for (int i = 0; i < linkCount; i++) {
            connect((gearOrdinal + i) % strips);
        }
    }

    void mood(Mood now) {
        mood = now;
    }

    /** The lines stay up and nothing that is sent over them arrives. */
    void halfOpen(boolean now) {
        halfOpen = now;
    }

    List<SimLink> links() {
        return links;
    }

    /** Loses a line, or all of them, and dials again. */
    void hangUp(boolean all) {
        for (SimLink link : all ? List.copyOf(links) : links.subList(0, Math.min(1, links.size()))) {
            world.close(link);
            onClosed(link);
            if (!all) {
                return;
            }
        }
    }

    @Override
    public void onClosed(SimLink link) {
        if (links.remove(link)) {
            world.after(world.between(20, 600), () -> connect(link.strip));
        }
    }

    @Override
    public void onSent(SimLink link, byte[] bytes) {
        ledger.sentTo(gear, dialect.read(bytes));
    }

    @Override
    public void onBytes(SimLink link, byte[] bytes, long sentNs) {
        if (halfOpen) {
            return;
        }
        Request request = ledger.find(dialect.read(bytes).text(37));
        switch (mood) {
            case PROMPT -> answer(request, bytes, world.between(1, 40));
            case SLOW -> answer(request, bytes, world.between(300, 1500));
            case SILENT -> {
                if (world.chance(30)) {
                    answer(request, bytes, world.between(1000, 2000));
                }
            }
            case TWICE -> {
                answer(request, bytes, world.between(1, 40));
                answer(request, bytes, world.between(1, 700));
            }
            case IMPOSTOR -> {
                wrongType(bytes);
                impersonate();
                answer(request, bytes, world.between(5, 60));
            }
            case NOISY -> {
                byte[] noise = world.noise(40);
                world.after(world.between(1, 20), () -> say(noise));
                answer(request, bytes, world.between(5, 60));
            }
        }
    }

    private void connect(int strip) {
        if (world.isStalled(strip)) {
            world.after(world.between(20, 60), () -> connect(strip));
            return;
        }
        links.add(net.open(gear, gearOrdinal, strip, this));
        net.io(gear, strip).linksChanged();
    }

    private void answer(Request request, byte[] asked, long delayNs) {
        String auth = "A" + Terminal.digits(numbers.next(), 5);
        boolean approved = world.chance(80);
        world.after(delayNs, () -> {
            IsoMessage message = reply(asked, auth);
            message.setAscii(39, approved ? "00" : "51");
            ledger.answered(auth, request.rrn, gear, true, world.nowNs());
            byte[] bytes = dialect.write(message);
            ledger.onItsWay(bytes, auth);
            say(bytes);
        });
    }

    /** The answer to an advice for a request that was none, and the other way round. */
    private void wrongType(byte[] asked) {
        IsoMessage message = reply(asked, "E" + Terminal.digits(numbers.next(), 5));
        int type = message.mti() - 10;
        message.setMti(type / 10 % 10 == 0 ? type + 30 : type - 10);
        byte[] bytes = dialect.write(message);
        world.after(world.between(1, 4), () -> say(bytes));
    }

    /** Answers a request that was sent to another issuer. */
    private void impersonate() {
        List<Request> others = ledger.all().stream().filter(this::isElsewhere).toList();
        if (others.isEmpty()) {
            return;
        }
        Request victim = others.get(Math.max(0, others.size() - 1 - world.random.nextInt(8)));
        String auth = "E" + Terminal.digits(numbers.next(), 5);
        IsoMessage message = dialect.blank();
        message.setMti(victim.mti + 10);
        message.setAscii(2, victim.pan);
        message.setAscii(3, "000000");
        message.setAscii(4, victim.amount);
        message.setAscii(11, victim.stan);
        message.setAscii(37, victim.rrn);
        message.setAscii(38, auth);
        message.setAscii(39, "00");
        message.setAscii(41, victim.terminal);
        ledger.answered(auth, victim.rrn, gear, false, world.nowNs());
        byte[] bytes = dialect.write(message);
        world.after(world.between(1, 30), () -> {
            if (isElsewhere(victim)) {
                say(bytes);
            }
        });
    }

    /** Sent to another issuer and to no other since; one that was lost on its way may have been meant for this one. */
    private boolean isElsewhere(Request request) {
        return !request.sentTo.isEmpty()
                && host.stream().noneMatch(line -> request.sentTo.contains(line.gear))
                && request.sendings.size() == 1;
    }

    private IsoMessage reply(byte[] asked, String auth) {
        IsoMessage message = dialect.read(asked);
        message.setMti((message.mti() & ~1) + 10);
        message.setAscii(38, auth);
        message.setAscii(39, "00");
        return message;
    }

    /** Over any line that is up: an answer need not come back where its request went. */
    private void say(byte[] bytes) {
        List<SimLink> lines = host.stream().flatMap(line -> line.links.stream()).toList();
        if (!lines.isEmpty()) {
            world.deliver(lines.get(world.random.nextInt(lines.size())), bytes);
        }
    }
}
