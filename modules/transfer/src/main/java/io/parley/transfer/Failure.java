package io.parley.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.parley.kernel.Problem;
import java.util.stream.Collectors;

/**
 * One line that was not taken in.
 *
 * @param line counted from 1; in an array the place of the element
 * @param detail what is wrong with it, for whoever wrote it
 */
public record Failure(int line, String detail) {

    static String of(Problem problem) {
        return problem.faults().isEmpty()
                ? problem.detail()
                : problem.faults().stream()
                        .map(fault -> (fault.pointer() + " " + fault.detail()).strip())
                        .collect(Collectors.joining("; "));
    }

    /** Of a parser's message only what is not the caller's text. */
    static String notJson(Exception failure) {
        if (failure instanceof JsonProcessingException broken && broken.getLocation() != null)
            return "is not valid JSON at byte " + broken.getLocation().getByteOffset();
        return "is not valid JSON";
    }
}
