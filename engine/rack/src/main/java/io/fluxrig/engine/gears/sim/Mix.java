package io.fluxrig.engine.gears.sim;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gears.macro.FieldValues;
import io.fluxrig.engine.gears.macro.MacroState;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import java.util.ArrayList;
import java.util.List;

/** The kinds of messages that a source sends and how often each, compiled. Strip thread only. */
final class Mix {
    private record Kind(int weight, int mti, FieldValues values) {}

    private final Kind[] kinds;
    private final int total;

    private Mix(List<Kind> kinds) {
        this.kinds = kinds.toArray(new Kind[0]);
        total = kinds.stream().mapToInt(Kind::weight).sum();
    }

    /** Compiles the {@code mix} of a configuration, reporting every fault. */
    static Mix compile(GearConfig config, Spec spec, ConfigFaults faults) {
        List<Kind> kinds = new ArrayList<>();
        List<GearConfig> sections = config.sections("mix");
        for (int i = 0; i < sections.size(); i++) {
            GearConfig section = sections.get(i);
            String key = "mix[" + i + "]";
            String mti = section.text("mti");
            if (!mti.matches("[0-9]{4}")) {
                faults.error(
                        key + ".mti", mti + " is no message type", "write four digits in quotes, such as \"0100\"");
                continue;
            }
            FieldValues values = FieldValues.compile(
                    section.tree("fields"),
                    spec,
                    (field, what, fix) -> faults.error(key + ".fields." + field, what, fix));
            kinds.add(new Kind((int) section.number("weight"), Integer.parseInt(mti), values));
        }
        if (sections.isEmpty()) {
            faults.error("mix", "is empty, so there is nothing to send", "add an entry with name, mti and fields");
        }
        return new Mix(kinds);
    }

    /** Fills an empty message with the next one, drawn by weight. */
    void fill(IsoMessage message, MacroState state) {
        long drawn = state.below(total);
        int kind = 0;
        while (drawn >= kinds[kind].weight()) {
            drawn -= kinds[kind++].weight();
        }
        message.setMti(kinds[kind].mti());
        kinds[kind].values().make(state, message);
        kinds[kind].values().set(message);
    }
}
