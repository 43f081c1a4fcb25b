package io.fluxrig.load.mix;

import java.util.ArrayList;
import java.util.List;

/** A loop's own stencils of a mix, drawn by weight. Not thread safe. */
public final class Deck {
    private final Stencil[] stencils;
    private final int[] weightsUpTo;

    private Deck(List<Stencil> stencils) {
        this.stencils = stencils.toArray(Stencil[]::new);
        this.weightsUpTo = new int[this.stencils.length];
        int sum = 0;
        for (int i = 0; i < this.stencils.length; i++) {
            sum += this.stencils[i].template().weight();
            weightsUpTo[i] = sum;
        }
    }

    public static Deck of(Mix mix, StencilCutter cutter) throws MixException {
        List<Stencil> stencils = new ArrayList<>();
        for (Template template : mix.templates()) {
            stencils.add(cutter.cut(template));
        }
        return new Deck(stencils);
    }

    /** @return the index of the next template */
    public int draw(Stamp stamp) {
        if (stencils.length == 1) {
            return 0;
        }
        int at = stamp.pick(weightsUpTo[weightsUpTo.length - 1]);
        int index = 0;
        while (weightsUpTo[index] <= at) {
            index++;
        }
        return index;
    }

    /** Zeroes all of its stencils' bytes. */
    public void wipe() {
        for (Stencil stencil : stencils) {
            stencil.wipe();
        }
    }

    public Stencil stencil(int index) {
        return stencils[index];
    }
}
