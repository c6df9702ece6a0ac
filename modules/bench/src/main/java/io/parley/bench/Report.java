package io.parley.bench;

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
final class Report implements AutoCloseable {
    private final Path directory;
    private final PrintWriter file;
    private final Plot load = new Plot("single message: p99 against load", "% of full load", "ms");
    private final Plot rows = new Plot("p99 against messages, 200 requests/s", "messages", "ms");
    private final List<String> paths = new ArrayList<>();

    Report(Path directory) throws IOException {
        this.directory = directory;
        this.file = new PrintWriter(Files.newBufferedWriter(directory.resolve("results.md")));
    }

    void machine() throws IOException {
        line("%s, %s", LocalDate.now(ZoneOffset.UTC), Machine.describe());
    }

    void seeded(int messages, double seconds) {
        line("%n%d messages, made in %.0f s", messages, seconds);
    }

    /** A sign of life alone. */
    void measuring(Operation operation) {
        System.out.println("measuring " + operation.title);
    }

    void rows(Operation operation, int messages, OpenLoop loop) {
        rows.add(operation.title, messages, loop.millis(99));
        line(
                "%-18s %8d messages: p50 %.2f ms, p99 %.2f ms, %d failed",
                operation.title, messages, loop.millis(50), loop.millis(99), loop.failed());
        failure(operation, loop.failure());
    }

    void path(
            Operation operation,
            ClosedLoop.Result full,
            OpenLoop tenth,
            Usage.Sample used,
            int bytes,
            double http,
            @Nullable Double sql) {
        double requests = full.latency().getTotalCount();
        var ratio = sql == null ? Double.NaN : full.perSecond() / (1 / (1 / http + 1 / sql));
        paths.add(row(
                "| %s | %.0f | %.1f | %.1f | %.1f | %.2f | %.0f | %.0f | %.2f | %.1f | %.2f | %.2f | %d | %d |",
                operation.title,
                full.perSecond(),
                full.millis(50),
                full.millis(99),
                full.millis(99.9),
                tenth.millis(99),
                http,
                sql == null ? Double.NaN : sql,
                ratio,
                used.allocatedBytes() / requests / 1024,
                used.serverMillis() / requests,
                used.databaseMillis() / requests,
                bytes,
                full.failed() + tenth.failed()));
        System.out.println(paths.get(paths.size() - 1));
        failure(operation, full.failure());
        failure(operation, tenth.failure());
    }

    void load(int percent, OpenLoop loop) {
        load.add("p99", percent, loop.millis(99));
        load.add("p50", percent, loop.millis(50));
        line("at %d %% of full load: p50 %.2f ms, p99 %.2f ms", percent, loop.millis(50), loop.millis(99));
    }

    void resident(long bytes) {
        line("%nresident after all that: %.0f MiB", bytes / 1048576.0);
    }

    void instances(int instances, Operation operation, ClosedLoop.Result full) {
        line(
                "%s, %d instance(s) of each verticle: %.0f/s, p99 %.1f ms",
                operation.title, instances, full.perSecond(), full.millis(99));
        failure(operation, full.failure());
    }

    void start(String how, Starts.Started started) {
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
