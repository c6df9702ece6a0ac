package io.parley.bench;

import io.parley.bench.floor.BareHttp;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the benchmark. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {Hot.class, Compare.class, Streams.class, BareHttp.class},
        description = "Measures the packaged Parley on this machine.")
public final class Bench {
    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    private Bench() {}
}
