package io.fluxrig.jpos;

import java.io.IOException;
import org.jpos.iso.ISOComponent;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.packager.ISO87APackager;

/** Code that does what no interface forbids. */
final class UnrulyPackager extends ISO87APackager {
    /** What it does. */
    enum Habit {
        ASSERTS,
        THROWS_UNDECLARED,
        MAKES_NO_MESSAGE,
        FAILS_TO_MAKE_ONE,
        USES_LESS_THAN_NOTHING,
        PACKS_NOTHING,
        HAS_PARTS_FAR_APART,
        HAS_FIELDS_FAR_APART
    }

    private final Habit habit;

    UnrulyPackager(Habit habit) {
        this.habit = habit;
    }

    @Override
    public ISOMsg createISOMsg() {
        return switch (habit) {
            case MAKES_NO_MESSAGE -> null;
            case FAILS_TO_MAKE_ONE -> throw new IllegalStateException("none today");
            default -> super.createISOMsg();
        };
    }

    @Override
    public int unpack(ISOComponent message, byte[] bytes) throws ISOException {
        int used = super.unpack(message, bytes);
        switch (habit) {
            case ASSERTS -> throw new AssertionError(TalkingPackager.PAN);
            case THROWS_UNDECLARED -> UnrulyPackager.<RuntimeException>raise(new IOException(TalkingPackager.PAN));
            case HAS_PARTS_FAR_APART -> {
                ISOMsg parts = new ISOMsg(48);
                parts.set(2_000_000_000, "x");
                message.set(parts);
            }
            case HAS_FIELDS_FAR_APART -> ((ISOMsg) message).set(2_000_000_000, "x");
            default -> {}
        }
        return habit == Habit.USES_LESS_THAN_NOTHING ? -7 : used;
    }

    @Override
    public byte[] pack(ISOComponent message) throws ISOException {
        return switch (habit) {
            case ASSERTS -> throw new AssertionError(TalkingPackager.PAN);
            case PACKS_NOTHING -> null;
            default -> super.pack(message);
        };
    }

    /** As code in a language without checked exceptions throws them. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void raise(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
