package io.fluxrig.engine.gears.macro;

import io.fluxrig.iso.codec.IsoMessage;

/** One compiled part of a value: writes its characters. Strip thread only; allocates nothing. */
@FunctionalInterface
interface Macro {
    /** Returned instead of a length where there is no value, such as an echo of an absent field. */
    int ABSENT = -1;

    /**
     * @param request the message being answered, or the one being made
     * @return characters written, or {@link #ABSENT}
     */
    int write(MacroState state, IsoMessage request, byte[] dst, int at);
}
