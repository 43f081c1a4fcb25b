package io.fluxrig.load.mix;

import java.util.List;

/**
 * Weighted templates.
 *
 * @param name for reports
 * @param templates at least one
 */
public record Mix(String name, List<Template> templates) {

    public Mix {
        templates = List.copyOf(templates);
        if (templates.isEmpty()) {
            throw new IllegalArgumentException("mix " + name + " has no template");
        }
    }
}
