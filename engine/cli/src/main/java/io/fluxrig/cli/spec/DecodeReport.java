package io.fluxrig.cli.spec;

import java.util.List;

/** Shows what was read, one message after the other. */
interface DecodeReport {
    /** How the messages that follow are framed; {@code guess} is null if nothing known fits. */
    void framing(FrameGuess.Guess guess);

    /**
     * A message, or why it is none.
     *
     * @param hints what else it may be; only of one that does not parse
     */
    void message(MessageReading reading, List<String> hints);

    /** A line of input that is not a message in hex at all. */
    void unreadable(int line, MessageReading.Fault fault);
}
