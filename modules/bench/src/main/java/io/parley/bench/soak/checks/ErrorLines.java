package io.parley.bench.soak.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The lines of logs that report an error, or that the JVM wrote before it died. */
public record ErrorLines(long number, List<String> examples) {
    private static final int EXAMPLES = 20;
    private static final Pattern ERROR =
            Pattern.compile("^\\S+Z ERROR |^Exception in thread|OutOfMemoryError|fatal error has been detected");

    public static ErrorLines of(List<Path> logs) throws IOException {
        long number = 0;
        var examples = new ArrayList<String>();
        for (var log : logs) {
            try (var lines = Files.lines(log)) {
                for (var line : (Iterable<String>)
                        lines.filter(line -> ERROR.matcher(line).find())::iterator)
                    if (number++ < EXAMPLES)
                        examples.add(log.getFileName() + ": " + line.substring(0, Math.min(line.length(), 600)));
            }
        }
        return new ErrorLines(number, examples);
    }

    public Check check() {
        return new Check("ERROR lines in the logs", 0, number);
    }
}
