package io.parley.transfer.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.kernel.Problem;

/** A part of a document, in document order: the messages of a conversation one by one, then the end of its line. */
public sealed interface DocumentPart {
    /** The line, or the position in the array, counted from 1. */
    int line();

    /**
     * @param index among the line's messages, counted from 0
     * @param head the line's other fields as far as they were read
     */
    record Message(int line, int index, JsonNode json, ObjectNode head) implements DocumentPart {}

    /** @param head all fields of the line except its messages */
    record End(int line, ObjectNode head) implements DocumentPart {}

    /**
     * The line cannot be read. No {@link End} of it follows.
     *
     * @param problem always invalid, pointing into the line
     */
    record Invalid(int line, Problem problem) implements DocumentPart {}
}
