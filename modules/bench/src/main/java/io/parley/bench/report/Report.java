package io.parley.bench.report;

import io.parley.bench.load.ClosedLoop;
import io.parley.bench.load.MeasuredRounds;
import io.parley.bench.load.OpenLoop;
import io.parley.bench.load.Operation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints the results as they arrive and writes them to results.md, load.png and rows.png. */
public final class Report implements AutoCloseable {
    private final Path directory;
    private final PrintWriter file;
    private final Plot load = new Plot("single message: p99 against load", "% of full load", "ms");
    private final Plot rows = new Plot("p99 against messages, 200 requests/s", "messages", "ms");
    private final List<String> operations = new ArrayList<>();

    public Report(Path directory) throws IOException {
        this.directory = directory;
        this.file = new PrintWriter(Files.newBufferedWriter(directory.resolve("results.md")));
    }

    public void machine() throws IOException {
        line("%s, %s", LocalDate.now(ZoneOffset.UTC), Machine.describe());
    }

    public void seeded(int messages, double seconds) {
        line("%n%d messages, created in %.0f s", messages, seconds);
    }

    /** Printed only, as progress. */
    public void progress(Operation operation, MeasuredRounds.Round round) {
        System.out.println(row(
                "%s: %.0f/s, H %.0f, P %.0f, ratio %.2f",
                operation.title,
                round.parley().perSecond(),
                round.httpPerSecond(),
                round.sqlPerSecond(),
                round.ratio()));
    }

    /** @param maxPerSecond requests a second at full load */
    public void rows(Operation operation, int messages, double maxPerSecond, OpenLoop loop) {
        rows.add(operation.title, messages, loop.millis(99));
        line(
                "%-18s %8d messages: full load %.0f/s, p50 %.2f ms, p99 %.2f ms, %d failed",
                operation.title, messages, maxPerSecond, loop.millis(50), loop.millis(99), loop.failed());
        failure(operation, loop.failure());
    }

    public void operation(Operation operation, MeasuredRounds rounds, OpenLoop tenth) {
        operations.add(row(
                "| %s | %.0f | %.1f | %.1f | %.1f | %.2f | %.0f | %s | %.1f | %.2f | %.2f | %d | %d |",
                operation.title,
                rounds.perSecond(),
                rounds.millis(50),
                rounds.millis(99),
                rounds.millis(99.9),
                tenth.millis(99),
                rounds.httpPerSecond(),
                floor(rounds),
                rounds.allocatedBytes() / 1024,
                rounds.serverMillis(),
                rounds.databaseMillis(),
                rounds.bytes,
                rounds.failed() + tenth.failed()));
        System.out.println(operations.get(operations.size() - 1));
        failure(operation, rounds.failure());
        failure(operation, tenth.failure());
    }

    private static String floor(MeasuredRounds rounds) {
        return Double.isNaN(rounds.sqlPerSecond())
                ? "– | –"
                : row(
                        "%.0f | %.2f (%.2f–%.2f)",
                        rounds.sqlPerSecond(), rounds.ratio(), rounds.lowestRatio(), rounds.highestRatio());
    }

    public void load(int percent, OpenLoop loop) {
        load.add("p99", percent, loop.millis(99));
        load.add("p50", percent, loop.millis(50));
        line("at %d %% of full load: p50 %.2f ms, p99 %.2f ms", percent, loop.millis(50), loop.millis(99));
    }

    /**
     * @param filtered milliseconds of the statement with the filter on the trash
     * @param unfiltered milliseconds of the statement without it
     */
    public void trash(Operation operation, double filtered, double unfiltered) {
        line(
                "%s, cost of the filter on the trash: %.3f ms (%.3f with and %.3f without)",
                operation.title, filtered - unfiltered, filtered, unfiltered);
    }

    public void resident(long bytes) {
        line("%nresident after all measurements: %.0f MiB", bytes / 1048576.0);
    }

    public void instances(int instances, Operation operation, ClosedLoop.Result full) {
        line(
                "%s, %d instance(s) of each verticle: %.0f/s, p99 %.1f ms",
                operation.title, instances, full.perSecond(), full.millis(99));
        failure(operation, full.failure());
    }

    /** @param seconds from the start of the process to its first successful readiness check */
    public void start(String variant, double seconds, long residentBytes) {
        line("start to ready, %s: %.2f s, resident %.0f MiB", variant, seconds, residentBytes / 1048576.0);
    }

    private void failure(Operation operation, @Nullable Throwable first) {
        if (first != null) line("%s, first failure: %s", operation.title, first.toString());
    }

    private void line(String format, Object... values) {
        var text = row(format, values);
        file.println(text);
        System.out.println(text);
    }

    private static String row(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    @Override
    public void close() throws IOException {
        file.println("""

            | operation | requests/s | p50 ms | p99 ms | p99.9 ms | p99 ms at a tenth of full load | H | P | ratio | KiB per request | CPU ms | CPU ms of PostgreSQL | bytes | failed |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|---|""");
        operations.forEach(file::println);
        file.close();
        load.write(directory.resolve("load.png"), false);
        rows.write(directory.resolve("rows.png"), true);
    }
}
