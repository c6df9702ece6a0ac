package io.parley.transfer;

import io.parley.kernel.Problem;
import java.util.stream.Collectors;

/**
 * One line that was not imported.
 *
 * @param line counted from 1; in a JSON array, the position of the element
 * @param detail what is wrong with the line, with JSON Pointers (RFC 6901) into it
 */
public record FailedLine(int line, String detail) {
    static FailedLine of(int line, Problem problem) {
        return new FailedLine(line, problem.faults().isEmpty() ? problem.detail() : faults(problem));
    }

    private static String faults(Problem problem) {
        return problem.faults().stream()
                .map(fault -> (fault.pointer() + " " + fault.detail()).strip())
                .collect(Collectors.joining("; "));
    }
}
