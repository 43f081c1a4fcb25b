/** The demo: racks and a load as processes of their own, watched and ended together. Called by the command line only. */
package io.fluxrig.cli.demo;
