/**
 * Asks a mixer, over its API: where it is, who asks, whom to trust, and what it answers. Nothing here is a mixer: {@code fluxrig mixer},
 * which runs one, is a command of {@code cli.node}. Called by the rooms whose commands ask one: {@code fleet}, {@code scenario}, {@code spec}.
 */
package io.fluxrig.cli.mixer;
