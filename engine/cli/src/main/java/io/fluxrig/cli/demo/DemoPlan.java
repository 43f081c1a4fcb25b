package io.fluxrig.cli.demo;

import java.nio.file.Path;

/**
 * What the demo is to run.
 *
 * @param scenarios folder of the three scenarios
 * @param folder where logs, data and the report go
 * @param rate as the load tool reads it
 * @param json whether the load's last line is a JSON object
 * @param live whether the load draws in place
 * @param ports where its processes listen
 */
public record DemoPlan(
        Path scenarios, Path folder, long durationNs, String rate, boolean json, boolean live, Ports ports) {}
