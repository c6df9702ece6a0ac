package io.parley.bench.soak.checks;

import io.parley.bench.soak.traffic.Statistics;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The checks of a run, and examples of what failed. */
public final class Verdict {
    private final JsonObject run;
    private final List<Check> checks = new ArrayList<>();
    private final List<String> examples = new ArrayList<>();

    /** @param run what was done */
    public Verdict(JsonObject run) {
        this.run = run;
    }

    public void add(List<Check> more, List<String> itsExamples) {
        checks.addAll(more);
        examples.addAll(itsExamples);
    }

    public void add(Statistics statistics) {
        for (var fault : Statistics.Fault.values()) checks.add(new Check(fault.title, 0, statistics.faults(fault)));
        examples.addAll(statistics.examples());
    }

    /** Without checks nothing has passed. */
    public boolean passed() {
        return !checks.isEmpty() && checks.stream().allMatch(Check::ok);
    }

    public void print() {
        for (var check : checks)
            System.out.printf(
                    Locale.ROOT,
                    "%-6s %-62s %10.3f, at most %.3f%n",
                    check.ok() ? "ok" : "FAILED",
                    check.name(),
                    check.value(),
                    check.limit());
        examples.forEach(example -> System.out.println("  " + example));
    }

    public void write(Path file) throws IOException {
        var result = new JsonObject()
                .put("passed", passed())
                .put("checks", new JsonArray(checks.stream().map(Check::json).toList()))
                .put("run", run)
                .put("examples", new JsonArray(examples));
        Files.writeString(file, result.encodePrettily() + "\n");
    }
}
