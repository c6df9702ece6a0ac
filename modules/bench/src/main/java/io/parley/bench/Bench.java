package io.parley.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the benchmark. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {
            Hot.class,
            Compare.class,
            Peers.class,
            Mcp.class,
            Streams.class,
            Purge.class,
            Soak.class,
            Kill.class
        },
        description = "Measures a packaged Parley on this machine.")
public final class Bench {
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    private Bench() {}
}
