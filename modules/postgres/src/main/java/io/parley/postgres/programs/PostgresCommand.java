package io.parley.postgres.programs;

import io.parley.postgres.DatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Runs a program of PostgreSQL without the PG* variables of the environment, which would change its behaviour. */
public record PostgresCommand(List<String> command, Path directory, Path log) {
    private static final int MINUTES = 5;

    public Process start() throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.toUpperCase(Locale.ROOT).startsWith("PG"));
        environment.put("LC_ALL", "C");
        return builder.start();
    }

    /** Blocks until the program ends. Fails with {@link DatabaseException} unless its exit code is 0. */
    public void run(String failureMessage) throws IOException {
        var process = start();
        try {
            if (process.waitFor(MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0) return;
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        throw new DatabaseException(failureMessage + "; see " + log);
    }
}
