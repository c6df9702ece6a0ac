package io.parley.bench.report;

import io.parley.bench.load.ClosedLoop;
import io.parley.bench.load.MeasuredRounds;
import io.parley.bench.load.OpenLoop;
import io.parley.bench.load.Operation;
import io.parley.bench.subject.StartTimes;
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

/** What was measured: printed, and written to files with what the machine is. */
public final class Report implements AutoCloseable {
    private final Path directory;
    private final PrintWriter file;
    private final Plot load = new Plot("single message: p99 against load", "% of full load", "ms");
    private final Plot rows = new Plot("p99 against messages, 200 requests/s", "messages", "ms");
    private final List<String> paths = new ArrayList<>();

    public Report(Path directory) throws IOException {
        this.directory = directory;
        this.file = new PrintWriter(Files.newBufferedWriter(directory.resolve("results.md")));
    }

    public void machine() throws IOException {
        line("%s, %s", LocalDate.now(ZoneOffset.UTC), Machine.describe());
    }

    public void seeded(int messages, double seconds) {
        line("%n%d messages, made in %.0f s", messages, seconds);
    }

    /** A sign of life alone. */
    public void measured(Operation operation, MeasuredRounds.Round round) {
        System.out.println(row(
                "%s: %.0f/s, H %.0f, P %.0f, ratio %.2f",
                operation.title, round.full().perSecond(), round.http(), round.sql(), round.ratio()));
    }

    /** @param most requests a second at full load */
    public void rows(Operation operation, int messages, double most, OpenLoop loop) {
        rows.add(operation.title, messages, loop.millis(99));
        line(
                "%-18s %8d messages: at most %.0f/s, p50 %.2f ms, p99 %.2f ms, %d failed",
                operation.title, messages, most, loop.millis(50), loop.millis(99), loop.failed());
        failure(operation, loop.failure());
    }

    public void path(Operation operation, MeasuredRounds rounds, OpenLoop tenth) {
        paths.add(row(
                "| %s | %.0f | %.1f | %.1f | %.1f | %.2f | %.0f | %s | %.1f | %.2f | %.2f | %d | %d |",
                operation.title,
                rounds.perSecond(),
                rounds.millis(50),
                rounds.millis(99),
                rounds.millis(99.9),
                tenth.millis(99),
                rounds.http(),
                floor(rounds),
                rounds.allocatedBytes() / 1024,
                rounds.serverMillis(),
                rounds.databaseMillis(),
                rounds.bytes,
                rounds.failed() + tenth.failed()));
        System.out.println(paths.get(paths.size() - 1));
        failure(operation, rounds.failure());
        failure(operation, tenth.failure());
    }

    private static String floor(MeasuredRounds rounds) {
        return Double.isNaN(rounds.sql())
                ? "– | –"
                : row(
                        "%.0f | %.2f (%.2f–%.2f)",
                        rounds.sql(), rounds.ratio(), rounds.lowestRatio(), rounds.highestRatio());
    }

    public void load(int percent, OpenLoop loop) {
        load.add("p99", percent, loop.millis(99));
        load.add("p50", percent, loop.millis(50));
        line("at %d %% of full load: p50 %.2f ms, p99 %.2f ms", percent, loop.millis(50), loop.millis(99));
    }

    /**
     * @param filtered milliseconds of a statement that leaves out what is in the trash
     * @param whole those of one that does not
     */
    public void trash(Operation operation, double filtered, double whole) {
        line(
                "%s, to leave out what is in the trash: %.3f ms (%.3f and %.3f without)",
                operation.title, filtered - whole, filtered, whole);
    }

    public void resident(long bytes) {
        line("%nresident after all that: %.0f MiB", bytes / 1048576.0);
    }

    public void instances(int instances, Operation operation, ClosedLoop.Result full) {
        line(
                "%s, %d instance(s) of each verticle: %.0f/s, p99 %.1f ms",
                operation.title, instances, full.perSecond(), full.millis(99));
        failure(operation, full.failure());
    }

    public void start(String how, StartTimes.Started started) {
        line("start to ready, %s: %.2f s, resident %.0f MiB", how, started.seconds(), started.resident() / 1048576.0);
    }

    private void failure(Operation operation, @Nullable Throwable first) {
        if (first != null) line("%s failed first with: %s", operation.title, first.toString());
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

            | path | requests/s | p50 ms | p99 ms | p99.9 ms | p99 ms at a tenth | H | P | ratio | KiB a request | CPU ms | CPU ms of PostgreSQL | bytes | failed |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|---|""");
        paths.forEach(file::println);
        file.close();
        load.write(directory.resolve("load.png"), false);
        rows.write(directory.resolve("rows.png"), true);
    }
}
