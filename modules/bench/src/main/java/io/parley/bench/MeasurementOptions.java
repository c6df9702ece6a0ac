package io.parley.bench;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that every command has. */
@Command(mixinStandardHelpOptions = true)
final class MeasurementOptions {
    @Option(names = "--jar", description = "The packaged Parley to measure (default: ${DEFAULT-VALUE}).")
    private Path jar = Path.of("config/target/parley.jar");

    Path jar() {
        return jar;
    }
}
