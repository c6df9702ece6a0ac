package io.parley.transfer;

import io.parley.kernel.Problem;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said about one line, or about a file.
 *
 * @param line counted from 1; in a JSON array, the position of the element; null if it is about the whole file
 * @param file its name in an archive; null without an archive
 * @param detail a sentence; what is wrong with a line begins with a JSON Pointer (RFC 6901) into it
 */
public record LineRemark(@Nullable Integer line, @Nullable String file, String detail) {
    static LineRemark of(int line, @Nullable String file, Problem problem) {
        return new LineRemark(line, file, problem.faults().isEmpty() ? problem.detail() : faults(problem));
    }

    private static String faults(Problem problem) {
        return problem.faults().stream()
                .map(fault -> (fault.pointer() + " " + fault.detail()).strip())
                .collect(Collectors.joining("; "));
    }
}
